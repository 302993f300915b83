using System.Collections.Generic;

namespace CBorg.Build;

/// <summary>Runs the measurements of bench/ against the built module.</summary>
internal sealed class Bench(Repository repository)
{
    public int Run(IReadOnlyList<string> arguments)
    {
        new ModuleLayout(repository).Build();
        return Shell.Run(
            "dotnet",
            ["run", "--project", repository.PathOf("bench", "CBorg.Bench"), "-c", "Release", "--", .. arguments],
            new Dictionary<string, string> { ["CBORG_MODULE"] = repository.ModuleManifest });
    }
}
