namespace CBorg.Core.Tests.Faults;

/// <summary>A fault, and what is right when it befalls a call. What a kind of call has no word of its own for is as
/// <paramref name="Right"/> says.</summary>
/// <param name="Script">As the emulator takes it.</param>
/// <param name="Right">Of every call that has nothing else below.</param>
internal sealed record FaultRow(string Script, Right Right)
{
    public Right? Streamed { get; init; }

    /// <summary>Of every call but chat and embeddings: what the limiter has nothing to do with.</summary>
    public Right? Info { get; init; }

    /// <summary>Asks for the key first, and goes on to the user where the key may not.</summary>
    public Right? Spend { get; init; }

    /// <summary>Hands on what came, whatever it says.</summary>
    public Right? Rest { get; init; }

    /// <summary>The reply tells no tokens, so that the cost of a stream is not known.</summary>
    public bool HidesUsage { get; init; }

    /// <summary>A plain body that is whole ends its reply, so that the line is free for the next request, which the
    /// emulator would never read; and some are too long to come a few bytes at a time.</summary>
    public bool OfStreamsOnly => Script == "stall-at-end" || Script.Contains("bytes=40:", System.StringComparison.Ordinal);

    public bool StallsForEver =>
        Script.StartsWith("stall-", System.StringComparison.Ordinal) && !Script.Contains("ms=", System.StringComparison.Ordinal);

    /// <summary>The proxy has begun to answer when it happens, and has charged for it.</summary>
    public bool ComesAfterAnswer =>
        Script.Contains("-mid-stream", System.StringComparison.Ordinal)
        || Script.StartsWith("truncate-json", System.StringComparison.Ordinal)
        || Script.StartsWith("garbage", System.StringComparison.Ordinal);

    /// <summary>The line breaks before a byte of the answer.</summary>
    public bool BreaksBeforeAnswer => Script is "refuse" or "reset-before-headers";

    public Right For(Operation operation) =>
        operation.IsStreamed ? Streamed ?? Right
        : operation.IsChat || operation == Operation.Embeddings ? Right
        : operation == Operation.Cost ? Right.Answer // An estimate stands in for a count that cannot be had.
        : operation == Operation.Spend ? Spend ?? Info ?? Right
        : operation == Operation.Rest ? Rest ?? Info ?? Right
        : Info ?? Right;
}
