using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>Import of the module in a new process, against an empty binary module.</summary>
internal static class ImportBench
{
    private const int RoundCount = 9;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("cborg-bench-").FullName;
        try
        {
            string empty = Path.Combine(folder, "Empty.dll");
            string sources =
                "Add-Type -OutputAssembly '"
                + empty
                + "' -TypeDefinition 'using System.Management.Automation; [Cmdlet(\"Get\", \"Nothing\")] public class GetNothing : PSCmdlet {}'; 1";
            await PowerShellRun.NumberAsync(sources).ConfigureAwait(false);
            (double ours, double theirs) = await Rounds
                .CompareAsync(RoundCount, () => ImportAsync(PowerShellRun.Module), () => ImportAsync(empty))
                .ConfigureAwait(false);
            return [new Figure("import", "ms", ours, "an empty binary module", theirs, "<= 80 ms more", ours - theirs <= 80)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<double> ImportAsync(string module) =>
        PowerShellRun.NumberAsync(
            $"$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{module}'; $w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"
        );
}
