using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Faults;
using CBorg.Core.Tests.Infrastructure;
using CBorg.Emulator;
using Xunit;

namespace CBorg.Core.Tests.Soak;

/// <summary>A small version of `./build.sh bench soak`.</summary>
[Collection(AloneCollection.Name)]
public sealed class SoakTests
{
    private const int Seed = 20261122;
    private const int Calls = 1000;

    [Fact]
    public async Task With_a_fault_in_every_fifth_request_each_row_ends_once_and_the_costs_agree()
    {
        await using EmulatorHost emulator = await EmulatorHost.StartAsync();
        using EmulatorControl control = new(emulator.ControlUrl);
        SoakReport report = await SoakRun.RunAsync(
            Seed,
            Calls,
            emulator.Url,
            control,
            emulator.Keys["personal"],
            TimeSpan.FromSeconds(0.5)
        );

        Assert.True(report.Answered > Calls * 8 / 10, report.ToString());
        string complaints = string.Join("\n", report.Complaints());
        Assert.True(complaints.Length == 0, $"{complaints}\n{report}");
    }
}
