using System;
using System.Linq;
using CBorg.Core.Limits;
using Xunit;
using Xunit.Abstractions;

namespace CBorg.Core.Tests.Limits.Simulation;

/// <summary>At any mix of limits a script gets what the server allows, and wastes nothing (docs/reliability.md has the
/// goals).</summary>
public sealed class GoodputTests(ITestOutputHelper output)
{
    private const double Horizon = 600;
    private const double LongRun = 1800;

    [Theory]
    [InlineData(60, 5, 0.2, true)]
    [InlineData(60, 5, 0.2, false)]
    [InlineData(6, 1, 0.5, true)]
    [InlineData(600, 16, 0.4, false)]
    [InlineData(20, 20, 25, true)]
    [InlineData(100, 3, 2.5, true)]
    public void Known_limits_of_requests_and_calls_are_used_up_without_a_rejection(
        int requests,
        int parallel,
        double length,
        bool streams
    )
    {
        ProxyModel proxy = new() { Requests = requests, Parallel = parallel };
        Simulated run = new(proxy, streams);
        run.Tell(new AccountLimits { Key = new ScopeLimits(requests, null, parallel) });
        run.Add(20_000, length);
        run.Run(Horizon);

        double allowed = Math.Min(Math.Ceiling(Horizon / 60) * requests, Horizon / length * parallel);
        output.WriteLine($"{run.Done} of {allowed}, rejected {Said(run)}");
        Assert.Empty(run.Rejected);
        Assert.InRange(run.Done, 0.97 * allowed, allowed + 1);
    }

    [Theory]
    [InlineData(1000, 5, 2.0, 100, 60, "1.102.4")]
    [InlineData(10_000, 8, 1.0, 400, 150, "1.102.4")]
    [InlineData(10_000, 8, 1.0, 400, 150, "1.81.9")]
    [InlineData(3000, 4, 0.5, 250, 250, "1.102.4")]
    public void Known_limits_of_tokens_are_used_up_without_a_rejection(
        int tokens,
        int parallel,
        double length,
        int estimate,
        int used,
        string version
    )
    {
        ProxyModel proxy = new()
        {
            Tokens = tokens,
            Parallel = parallel,
            Version = version,
        };
        Simulated run = new(proxy, streams: true);
        run.Tell(new AccountLimits { Key = new ScopeLimits(null, tokens, parallel) });
        run.State.Version = version;
        run.Add(20_000, length, estimate, used);
        run.Run(Horizon);

        double allowed = Math.Min(Horizon / 60 * (tokens / used), Horizon / length * parallel);
        output.WriteLine($"{run.Done} of {allowed}, rejected {Said(run)}");
        Assert.Empty(run.Rejected);
        Assert.True(run.Done >= 0.97 * allowed, $"{run.Done} of {allowed}");
    }

    [Theory]
    [InlineData(60, 5, 0.2, true, "1.102.4")]
    [InlineData(60, 5, 0.2, false, "1.81.9")]
    [InlineData(6, 2, 0.5, true, "1.81.9")]
    [InlineData(600, 16, 0.4, false, "1.102.4")]
    [InlineData(600, 3, 2, true, "1.102.4")]
    [InlineData(600, 3, 2, true, "1.77.2")]
    [InlineData(60, 5, 0.2, true, "1.77.2")]
    [InlineData(600, 16, 0.4, true, "1.77.2")]
    public void Limits_that_nobody_tells_cost_only_the_rejections_that_teach(
        int requests,
        int parallel,
        double length,
        bool streams,
        string version
    )
    {
        ProxyModel proxy = new()
        {
            Requests = requests,
            Parallel = parallel,
            Version = version,
        };
        Simulated run = new(proxy, streams);
        run.Add(20_000, length);
        run.Run(Horizon);

        double allowed = Math.Min(Math.Ceiling(Horizon / 60) * requests, Horizon / length * parallel);
        output.WriteLine($"{run.Done} of {allowed}, rejected {Said(run)}");
        Assert.True(run.Done >= 0.9 * allowed, $"{run.Done} of {allowed}");
        Assert.InRange(run.Rejected.Values.Sum(), 0, streams ? Math.Max(6, parallel) : 0);
    }

    [Theory]
    [InlineData(60, 5, 0.2, true)]
    [InlineData(60, 5, 0.2, false)]
    [InlineData(600, 16, 0.4, false)]
    [InlineData(8, 2, 3, true)]
    public void Four_processes_on_one_key_are_as_good_as_one(int requests, int parallel, double length, bool streams)
    {
        ProxyModel proxy = new() { Requests = requests, Parallel = parallel };
        Simulated run = new(proxy, streams, processes: 4);
        run.Tell(new AccountLimits { Key = new ScopeLimits(requests, null, parallel) });
        run.Add(20_000, length);
        run.Run(Horizon);

        double allowed = Math.Min(Math.Ceiling(Horizon / 60) * requests, Horizon / length * parallel);
        output.WriteLine($"{run.Done} of {allowed}, rejected {Said(run)}");
        Assert.Empty(run.Rejected);
        Assert.True(run.Done >= 0.97 * allowed, $"{run.Done} of {allowed}");
    }

    [Theory]
    [InlineData(60, 2.0, 0, true)]
    [InlineData(60, 2.0, 0, false)]
    [InlineData(60, 2.0, -40, true)]
    [InlineData(60, 2.0, -40, false)]
    [InlineData(60, 6.0, -17, true)]
    [InlineData(100, 1.2, -31, true)]
    [InlineData(100, 1.2, -31, false)]
    public void Somebody_elses_unannounced_calls_are_made_room_for(int requests, double step, double since, bool streams)
    {
        ProxyModel proxy = new() { Requests = requests, Parallel = 5 };
        Simulated run = new(proxy, streams);
        double start = -since;
        run.Tell(new AccountLimits { Key = new ScopeLimits(requests, null, 5) }, start + 0.02);
        run.AddOther(0, start + LongRun, step);
        run.Add(20_000, 0.4, at: start);
        run.Run(start + LongRun);

        double others = run.OthersDone * LongRun / (start + LongRun);
        double allowed = (LongRun / 60 * requests) - others;
        output.WriteLine(
            $"{run.Done} of {allowed:0} beside {others:0}, rejected {Said(run)} of {run.Requests}\n{string.Join("\n", run.Log)}"
        );
        Assert.True(run.Done >= 0.85 * allowed, $"{run.Done} of {allowed}");
        Assert.True(run.Rejected.Values.Sum() < 0.02 * run.Requests, $"{Said(run)} of {run.Requests}");
    }

    private static string Said(Simulated run) => string.Join(", ", run.Rejected.Select(type => $"{type.Value} {type.Key}"));
}
