namespace CBorg.Emulator.Faults;

/// <summary>A fault's name, its arguments (the first may be given without its name) and what it does.</summary>
internal sealed record FaultDefinition(
    string Name,
    string Summary,
    IReadOnlyList<string> Arguments,
    Func<FaultArguments, Fault> Make
)
{
    private static readonly string[] s_waits =
    [
        "retry-after",
        "retry-after-date",
        "retry-after-ms",
        "llm_provider-retry-after",
        "retry-after-text",
    ];

    public static IReadOnlyList<FaultDefinition> All { get; } =
    [
        new("refuse", "closes the connection at once", [], _ => new BreakFault(LineEnd.Close)),
        new(
            "reset-before-headers",
            "resets the connection instead of answering, after ms",
            ["ms"],
            a => new BreakFault(LineEnd.Reset, a.Milliseconds("ms"))
        ),
        new("stall-before-headers", "says nothing for ms, or for ever", ["ms"], a => new StallFault(a.Milliseconds("ms"))),
        new(
            "status",
            "answers with a status and a body from a template",
            ["status", "body", "message", "type", "code", "retryable", .. s_waits],
            a => new StatusFault(a)
        ),
        new("limit", "answers 429 of a kind", ["kind", "status", "body", "type", .. s_waits], a => new LimitFault(a)),
        new(
            "redirect",
            "sends the client to another address",
            ["status", "to"],
            a => new RedirectFault(a.Whole("status", 307), a.Text("to"))
        ),
        new("json-body", "answers a request for a stream with one JSON body", [], _ => new JsonBodyFault()),
        new(
            "content-type",
            "gives the reply another content type",
            ["type"],
            a => new ContentTypeFault(a.Text("type") ?? "text/html; charset=utf-8")
        ),
        new(
            "reset-mid-stream",
            "resets the connection after so many events",
            ["after"],
            a => new BreakMidwayFault(a.Whole("after", 1), LineEnd.Reset)
        ),
        new(
            "close-mid-stream",
            "closes the connection after so many events",
            ["after"],
            a => new BreakMidwayFault(a.Whole("after", 1), LineEnd.Close)
        ),
        new(
            "end-mid-stream",
            "ends the reply after so many events as if it were complete",
            ["after"],
            a => new BreakMidwayFault(a.Whole("after", 1), LineEnd.Finish)
        ),
        new(
            "stall-mid-stream",
            "says nothing for ms, or for ever, after so many events",
            ["after", "ms"],
            a => new StallMidwayFault(a.Whole("after", 1), a.Milliseconds("ms"))
        ),
        new(
            "stall-at-end",
            "keeps the connection open for ms, or for ever, after the last event",
            ["ms"],
            a => new StallMidwayFault(int.MaxValue, a.Milliseconds("ms"))
        ),
        new(
            "trickle",
            "sends so many bytes each ms",
            ["bytes", "ms"],
            a => new TrickleFault(a.Whole("bytes", 1), a.Whole("ms", 1))
        ),
        new(
            "error-mid-stream",
            "an error object after so many events",
            ["after", "done", "code", "message", "type", "status"],
            a => new ErrorMidwayFault(a)
        ),
        new("no-done", "leaves out [DONE]", [], _ => new NoDoneFault()),
        new("no-usage", "leaves out usage", [], _ => new NoUsageFault()),
        new(
            "usage",
            "puts usage elsewhere",
            ["place"],
            a => new UsagePlaceFault(a.OneOf("place", "first", UsagePlaceFault.Places))
        ),
        new("comments", "comment lines between the events", [], _ => new NoiseFault(": keep-alive")),
        new(
            "pings",
            "ping comments and ping events between the events",
            [],
            _ => new NoiseFault(": ping", "event: ping\ndata: {\"type\":\"ping\"}")
        ),
        new(
            "unknown-events",
            "events of unknown names, with id and retry lines",
            [],
            _ => new NoiseFault("event: surprise\nid: 7\nretry: 3000\ndata: {\"surprise\":true}")
        ),
        new("unknown-members", "members nobody knows in every object", [], _ => new UnknownMembersFault()),
        new("crlf", "CRLF line ends", [], _ => new CrlfFault()),
        new("no-space", "no blank after data:", [], _ => new NoSpaceFault()),
        new("split-utf8", "parts the bytes of each character beyond ASCII", [], _ => new SplitFault()),
        new(
            "truncate-json",
            "cuts the JSON after so many events in the middle",
            ["after"],
            a => new TruncateFault(a.Whole("after", 1))
        ),
        new(
            "garbage",
            "something that is no JSON after so many events",
            ["after", "text"],
            a => new GarbageFault(a.Whole("after", 1), a.Text("text"))
        ),
    ];

    public bool Takes(string argument) =>
        Arguments.Contains(argument)
        || (argument.StartsWith("header.", StringComparison.Ordinal) && (Name is "status" or "limit"));
}
