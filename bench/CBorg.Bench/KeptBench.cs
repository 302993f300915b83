using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>The memory of 5,000 results that a script keeps, each, against keeping the replies as they came too.</summary>
internal static class KeptBench
{
    private const double Goal = 0.15;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        List<Figure> figures = [];
        foreach (BenchModule module in BenchModule.All)
        {
            string[] lines = await WorkerProcess.LinesAsync(module.Folder, ["kept"]).ConfigureAwait(false);
            (double kept, double raw) = (WorkerProcess.Number(lines, "kept"), WorkerProcess.Number(lines, "raw"));
            figures.Add(
                new Figure(
                    $"a kept result of 2,800 characters{module.Suffix}",
                    "KB",
                    kept / 1024,
                    "with the reply as it came",
                    raw / 1024,
                    module.Goal($"<= {Goal}"),
                    kept <= Goal * raw
                )
            );
        }

        return figures;
    }
}
