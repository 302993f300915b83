using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Bench;
using CBorg.Bench.Limits;
using CBorg.Bench.Workloads;

if (args is [StoreWorker.Word, ..])
{
    StoreWorker.Work(args);
    return 0;
}

if (args is [LimitWorker.Word, ..])
{
    await LimitWorker.WorkAsync(args).ConfigureAwait(false);
    return 0;
}

// Each figure is a ratio against a named rival in the same run. `./build.sh bench` runs all, `./build.sh bench stream` one
// of them. `fuzz` is no measurement and runs by its name only.
if (args.Contains("fuzz"))
{
    return await FuzzBench.RunAsync(args).ConfigureAwait(false);
}

if (args.Contains("soak"))
{
    return await SoakBench.RunAsync(args).ConfigureAwait(false);
}

if (args.SkipWhile(argument => argument != "--against").Skip(1).FirstOrDefault() is { } other)
{
    BenchModule.Against(other);
}

if (args is ["jit", "names", ..])
{
    return await JitBench.ListAsync().ConfigureAwait(false);
}

Dictionary<string, Func<Task<IReadOnlyList<Figure>>>> benches = new(StringComparer.OrdinalIgnoreCase)
{
    ["import"] = ImportBench.RunAsync,
    ["cold"] = ColdBench.RunAsync,
    ["jit"] = JitBench.RunAsync,
    ["call"] = WarmBench.CallAsync,
    ["cmdlet"] = CmdletBench.RunAsync,
    ["rows"] = RowsBench.RunAsync,
    ["stream"] = WarmBench.StreamAsync,
    ["kept"] = KeptBench.RunAsync,
    ["embeddings"] = EmbeddingBench.RunAsync,
    ["store"] = StoreBench.RunAsync,
    ["limits"] = LimitsBench.RunAsync,
    ["workloads"] = WorkloadsBench.RunAsync,
};

string? file = args.SkipWhile(argument => argument != "--write").Skip(1).FirstOrDefault();
string[] chosen = [.. args.Where(benches.ContainsKey)];
List<Figure> figures = [];
foreach (string name in chosen.Length == 0 ? [.. benches.Keys] : chosen)
{
    foreach (Figure figure in await benches[name]().ConfigureAwait(false))
    {
        figures.Add(figure);
        Console.WriteLine(figure);
    }
}

if (file is not null)
{
    File.WriteAllText(file, Report.Markdown(figures));
}

return 0;
