using System;
using System.Globalization;
using Xunit;
using Xunit.Sdk;

namespace CBorg.Core.Tests.Limits.Exploration;

/// <summary>
/// The limiter's steps in many orders: no call waits for ever, no permit is held by nobody, nothing goes over the limits,
/// listeners hear things in order. CBORG_SCHEDULE repeats one seed.
/// </summary>
public sealed class ExplorationTests
{
    private const int Schedules = 10_000;

    [Fact]
    public void Every_order_of_steps_ends_well()
    {
        string? one = Environment.GetEnvironmentVariable("CBORG_SCHEDULE");
        int first = one is null ? Environment.TickCount & 0xFFFFFF : int.Parse(one, CultureInfo.InvariantCulture);
        for (int seed = first; seed < first + (one is null ? Schedules : 1); seed++)
        {
            try
            {
                new Schedule(seed).Run();
            }
            catch (Exception e)
            {
                throw new XunitException($"Schedule {seed} (CBORG_SCHEDULE={seed} repeats it): {e.Message}", e);
            }
        }
    }
}
