using System.Collections.Generic;
using System.Linq;
using static CBorg.Core.Tests.Faults.Right;

namespace CBorg.Core.Tests.Faults;

/// <summary>
/// What is right, written by hand from the meaning of each fault: sent again is what may pass by itself and has shown
/// nothing yet; never a budget, a request that is at fault itself, or a stream once its text
/// has arrived.
/// </summary>
internal static class FaultTable
{
    public static IReadOnlyList<(string Title, IReadOnlyList<FaultRow> Rows)> Groups =>
        [
            ("The line", Line),
            ("The body", BodyFaults.Rows),
            ("Statuses of the proxy", ProxyFaults.Rows),
            ("Statuses on the way", EdgeFaults.Rows),
            ("Limits and budgets", LimitFaults.Rows),
        ];

    public static IEnumerable<FaultRow> Rows => Groups.SelectMany(group => group.Rows);

    private static IReadOnlyList<FaultRow> Line { get; } =
    [
        new("refuse", Again(ErrorKind.ConnectionFailed)),
        new("reset-before-headers", Again(ErrorKind.ConnectionFailed)),
        new("stall-before-headers", Again(ErrorKind.FirstByteTimeout)),
        new("stall-before-headers:ms=20", Answer),
        new("reset-mid-stream:after=0", Again(ErrorKind.ConnectionFailed)),
        new("reset-mid-stream:after=3", Again(ErrorKind.ConnectionFailed)) { Streamed = Partial },
        new("close-mid-stream:after=0", Again(ErrorKind.ConnectionFailed)),
        new("close-mid-stream:after=3", Again(ErrorKind.ConnectionFailed)) { Streamed = Partial },
        new("stall-mid-stream:after=3", Again(ErrorKind.SilenceTimeout)) { Streamed = Partial },
        new("stall-mid-stream:after=3:ms=20", Answer),
        new("stall-at-end", Answer),
        new("stall-at-end:ms=20", Answer),
        new("trickle:bytes=40:ms=1", Answer),
        new("trickle:bytes=4000:ms=1", Answer),
        new("split-utf8", Answer),
    ];
}
