using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>Each row of the protocol's tables of errors, sent to the byte: what it means, who has to act, whether it is sent again and how long that waits.</summary>
public sealed class ProtocolErrorTests
{
    private static readonly Dictionary<string, ProtocolError> s_rows = new[]
    {
        ("key", ProtocolErrors.KeysAndPermissions), ("request", ProtocolErrors.ModelsBudgetsRequests), ("limit", ProtocolErrors.Limits), ("fault", ProtocolErrors.FaultsOfTheServer), ("edge", ProtocolEdgeErrors.All),
    }.SelectMany(table => table.Item2.Select(row => (Name: $"{table.Item1}: {row.Name}", row))).ToDictionary(pair => pair.Name, pair => pair.row);

    public static TheoryData<string> Rows => [.. s_rows.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_failed_reply_is_understood(string name)
    {
        ProtocolError row = s_rows[name];
        await using RawServer server = new() { Otherwise = row.Script };
        FakeClock clock = FakeClock.Skipping();
        bool held = IsHeld(row);
        Asked asked = await Asked.Of(server, null, clock, retries: held ? 0 : 1);
        CBorgException failure = asked.Failure!;

        Assert.Equal((row.Kind, row.Fault, row.Status), (failure.Kind, failure.Fault, failure.StatusCode));
        Assert.Equal(row.Retried, RetryPolicy.IsRetryable(failure));
        int sent = row.Retried && !held ? 2 : 1;
        Assert.Equal((sent, sent), (server.Requests.Count(request => request.Method == "POST"), failure.Attempts));
        Assert.Equal(row.Wait, failure.RetryAfter?.TotalSeconds);
        Assert.Equal(row.Wait is null, failure.RetryAt is null);
        Assert.Equal(row.Headers.FirstOrDefault(header => header.StartsWith("rate_limit_type", StringComparison.Ordinal))?.Split(": ")[1], failure.Facts.LimitType);
        Assert.False(string.IsNullOrWhiteSpace(failure.Advice));
        if (row.Retried && !held)
        {
            Assert.Equal(row.Wait ?? 0.75, clock.Asked[0].TotalSeconds);
        }
    }

    /// <summary>What the queue of the limiter takes care of is repeated as long as the call has time; the tests of the limiter say when.</summary>
    private static bool IsHeld(ProtocolError row) => row.Kind == ErrorKind.ParallelLimit || row.Headers.Any(header => header.StartsWith("rate_limit_type", StringComparison.Ordinal));

    [Fact]
    public void Every_kind_that_a_reply_can_mean_has_a_row()
    {
        ErrorKind[] withoutReply =
        [
            ErrorKind.ConnectionFailed, ErrorKind.ConnectTimeout, ErrorKind.FirstByteTimeout, ErrorKind.SilenceTimeout, ErrorKind.CallTimeout, ErrorKind.StreamInterrupted, ErrorKind.Unexpected,
        ];
        Assert.Equal(Enum.GetValues<ErrorKind>().Except(withoutReply).Order(), s_rows.Values.Select(row => row.Kind).Distinct().Order());
    }
}
