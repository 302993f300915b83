using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace CBorg.Emulator.Tests.Agreement;

/// <summary>
/// Sends every recorded request of one generation to the emulator and compares the answers with the real proxy's. One class a
/// generation, so that they run side by side.
/// </summary>
public abstract class RecordingsAgreement(ITestOutputHelper output)
{
    protected async Task AssertAgreementAsync(string generation, string version, int floor)
    {
        var recordings = Recording.ReadAll(RepositoryFolder.Find("tests", "fixtures", "recordings", version));
        await using var host = await EmulatorHost.StartAsync(
            new EmulatorOptions { LiteLLM = generation, Catalog = "recordings" }
        );
        using var replay = new Replay(host.Url);

        var differing = (await replay.RunAsync(recordings))
            .Select(a => (a.Recording.Name, Differences: a.Answer.DifferenceFrom(a.Recording.Answer)))
            .Where(d => d.Differences.Count > 0)
            .ToList();

        var report = Report(differing, recordings.Count);
        output.WriteLine(report);
        Assert.True(recordings.Count - differing.Count >= floor, report);
    }

    private static string Report(List<(string Name, Dictionary<string, string> Differences)> differing, int all)
    {
        var report = new StringBuilder();
        foreach (var (name, differences) in differing)
        {
            report.AppendLine(name);
            foreach (var (kind, difference) in differences)
            {
                report.AppendLine(CultureInfo.InvariantCulture, $"    {kind}: {difference}");
            }
        }

        return report.Append(CultureInfo.InvariantCulture, $"{all - differing.Count} of {all} agree").ToString();
    }
}
