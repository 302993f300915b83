using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>Each row of the protocol's tables of errors, sent to the byte: what it means, who has to act, whether it is
/// sent again and how long that waits.</summary>
public sealed class ProtocolErrorTests
{
    private static readonly Dictionary<string, ProtocolError> s_rows = new[]
    {
        ("key", ProtocolErrors.KeysAndPermissions),
        ("request", ProtocolErrors.ModelsBudgetsRequests),
        ("limit", ProtocolErrors.Limits),
        ("fault", ProtocolErrors.FaultsOfTheServer),
        ("edge", ProtocolEdgeErrors.All),
    }
        .SelectMany(table => table.Item2.Select(row => (Name: $"{table.Item1}: {row.Name}", row)))
        .ToDictionary(pair => pair.Name, pair => pair.row);

    public static TheoryData<string> Rows => [.. s_rows.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_failed_reply_is_understood(string name)
    {
        ProtocolError row = s_rows[name];
        await using RawServer server = new() { Otherwise = row.Script };
        FakeClock clock = FakeClock.Skipping();
        Asked asked = await Asked.Of(server, null, clock, retries: 1);
        CBorgException failure = asked.Failure!;

        Assert.Equal((row.Kind, row.Fault, row.Status), (failure.Kind, failure.Fault, failure.StatusCode));

        // The proxy's own limits are waited out in the queue, however often that takes.
        int most =
            !row.Retried ? 1
            : failure.Kind is ErrorKind.RequestLimit or ErrorKind.TokenLimit or ErrorKind.ParallelLimit ? 60
            : 2;
        Assert.InRange(server.Requests.Count, row.Retried ? 2 : 1, most);
        Assert.Equal(server.Requests.Count, failure.Attempts);
        Assert.Equal(row.Wait, failure.RetryAfter?.TotalSeconds);
        Assert.Equal(row.Wait is null, failure.RetryAt is null);
        Assert.Equal(
            row.Headers.FirstOrDefault(header => header.StartsWith("rate_limit_type", StringComparison.Ordinal))?.Split(": ")[1],
            failure.Facts.LimitType
        );
        Assert.False(string.IsNullOrWhiteSpace(failure.Advice));
        if (row.Retried)
        {
            // What the proxy's limiter says is not asked for: its 60 s are the length of its window, so the queue looks
            // sooner. All else that is asked for is waited.
            double expected =
                failure.Facts.LimitType is not null ? (row.Kind == ErrorKind.ParallelLimit ? 0.05 : 2)
                : row.Kind == ErrorKind.ParallelLimit ? 0.0375
                : row.Wait ?? 0.75;
            Assert.Equal(expected, clock.Asked[0].TotalSeconds);
        }
    }

    [Fact]
    public void Every_kind_that_a_reply_can_mean_has_a_row()
    {
        ErrorKind[] withoutReply =
        [
            ErrorKind.ConnectionFailed,
            ErrorKind.ConnectTimeout,
            ErrorKind.FirstByteTimeout,
            ErrorKind.SilenceTimeout,
            ErrorKind.CallTimeout,
            ErrorKind.StreamInterrupted,
            ErrorKind.Unexpected,
        ];
        Assert.Equal(
            Enum.GetValues<ErrorKind>().Except(withoutReply).Order(),
            s_rows.Values.Select(row => row.Kind).Distinct().Order()
        );
    }
}
