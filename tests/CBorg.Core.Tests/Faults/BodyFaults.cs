using System.Collections.Generic;
using static CBorg.Core.Tests.Faults.Right;

namespace CBorg.Core.Tests.Faults;

/// <summary>Replies that are not as they should be. A plain body that makes no sense is nobody's to mend; a stream that
/// breaks before its first text is the provider's trouble, and may go well the next time.</summary>
internal static class BodyFaults
{
    private static readonly Right s_unreadable = Fails(ErrorKind.InvalidResponse);

    public static IReadOnlyList<FaultRow> Rows { get; } =
    [
        new("redirect", s_unreadable),
        new("json-body", Answer),
        new("content-type", Answer),
        new("end-mid-stream:after=0", s_unreadable) { Streamed = Again(ErrorKind.ProviderFault), Rest = Answer },
        new("end-mid-stream:after=3", s_unreadable) { Streamed = Partial, Rest = Answer },
        new("truncate-json:after=0", s_unreadable) { Streamed = Again(ErrorKind.ProviderFault), Rest = Answer },
        new("truncate-json:after=3", s_unreadable) { Streamed = Partial, Rest = Answer },
        new("garbage:after=0", s_unreadable) { Streamed = Again(ErrorKind.ProviderFault), Rest = Answer },
        new("garbage:after=3", s_unreadable) { Streamed = Partial, Rest = Answer },
        new("error-mid-stream:after=0", Answer) { Streamed = Again(ErrorKind.ProviderFault) },
        new("error-mid-stream:after=0:status=429:message=litellm.RateLimitError%3A OpenAIException - slow down", Answer)
        {
            Streamed = Again(ErrorKind.ProviderLimit),
        },
        new("error-mid-stream:after=0:status=400:message=litellm.ContentPolicyViolationError%3A OpenAIException - no", Answer)
        {
            Streamed = Fails(ErrorKind.ContentPolicy),
        },
        new("error-mid-stream:after=3", Answer) { Streamed = Partial },
        new("error-mid-stream:after=3:done", Answer) { Streamed = Partial },
        new("error-mid-stream:after=3:code=number", Answer) { Streamed = Partial },
        new("error-mid-stream:after=3:code=null", Answer) { Streamed = Partial },
        new("no-done", Answer),
        new("no-usage", Answer) { HidesUsage = true },
        new("usage:first", Answer),
        new("usage:every", Answer),
        new("usage:finish", Answer),
        new("usage:after-empty", Answer),
        new("usage:empty-choices", Answer),
        new("usage:after-done", Answer) { HidesUsage = true },
        new("comments", Answer),
        new("pings", Answer),
        new("unknown-events", Answer),
        new("unknown-members", Answer),
        new("crlf", Answer),
        new("no-space", Answer),
        new("no-usage;crlf;trickle:bytes=40:ms=1", Answer) { HidesUsage = true },
    ];
}
