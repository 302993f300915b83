using System;
using System.Collections.Generic;

namespace CBorg.Build;

/// <summary>Runs the measurements of bench/ against the built module.</summary>
internal sealed class Bench(Repository repository)
{
    public int Run(IReadOnlyList<string> arguments)
    {
        new ModuleLayout(repository).Build();
        (PowerShellEngine engine, string told) = new CompiledEngine(repository).Find();
        Console.WriteLine(told);
        return Shell.Run(
            "dotnet",
            ["run", "--project", repository.PathOf("bench", "CBorg.Bench"), "-c", "Release", "--", .. arguments],
            new Dictionary<string, string>
            {
                ["CBORG_MODULE"] = repository.ModuleManifest,
                ["CBORG_BENCH_ENGINE"] = engine.Prefix.Count > 0 ? engine.Prefix[0] : engine.Program,
                ["CBORG_BENCH_ENGINE_NAME"] = told,
            }
        );
    }
}
