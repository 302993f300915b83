using System;

namespace CBorg.Core.Limits;

/// <summary>What LiteLLM's limiter does differently from version to version (measured: docs/reliability.md). An unknown
/// version is taken for the strictest.</summary>
internal sealed class ServerRules(Version? version)
{
    private static readonly Version s_reserving = new(1, 96);
    private static readonly Version s_totals = new(1, 80);

    public static ServerRules Of(string? version) => new(Read(version));

    public bool IsKnown => version is not null;

    /// <summary>Tokens are booked by an estimate before the call; earlier, only what was used counts, after it.</summary>
    public bool ReservesTokens => version is null || version >= s_reserving;

    /// <summary>Only the answer's tokens count.</summary>
    public bool CountsCompletionOnly => version is not null && version < s_totals;

    /// <summary>A reply without max_tokens is cut at a quarter of a small limit; known versions only, since an own cap
    /// would cut where the server would not.</summary>
    public bool CapsReplies => version >= s_reserving;

    /// <summary>A stream that its client closes ends at the server too; earlier ones read on to the provider's end.</summary>
    public bool EndsClosedStreams => version >= s_reserving;

    private static Version? Read(string? text)
    {
        string[] parts = (text ?? "").Split('.', '-');
        return parts.Length >= 2 && int.TryParse(parts[0], out int major) && int.TryParse(parts[1], out int minor)
            ? new Version(major, minor)
            : null;
    }
}
