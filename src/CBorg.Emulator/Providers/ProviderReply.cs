using System.Collections.Generic;

namespace CBorg.Emulator.Providers;

/// <summary>What a provider answered.</summary>
internal abstract record ProviderReply
{
    /// <summary>The provider's own headers (x-request-id, x-ratelimit-limit-requests ...).</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
