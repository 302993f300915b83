using System.Collections.Generic;

namespace CBorg.Emulator.Providers;

/// <summary>Headers as OpenAI's servers send them.</summary>
internal static class ProviderHeaders
{
    public static IReadOnlyList<(string Name, string Value)> OpenAI { get; } =
    [
        ("x-request-id", "req_0123456789"),
        ("openai-processing-ms", "42"),
        ("openai-version", "2020-10-01"),
        ("x-ratelimit-limit-requests", "10000"),
        ("x-ratelimit-remaining-requests", "9999"),
        ("x-ratelimit-limit-tokens", "2000000"),
        ("x-ratelimit-remaining-tokens", "1999983"),
        ("x-ratelimit-reset-requests", "6ms"),
        ("x-ratelimit-reset-tokens", "0s"),
    ];
}
