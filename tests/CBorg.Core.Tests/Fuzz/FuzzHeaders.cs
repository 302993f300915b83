using System;
using System.Collections.Generic;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>Changes the headers of a reply.</summary>
internal static class FuzzHeaders
{
    private static readonly string[] s_names =
    [
        "retry-after",
        "retry-after-ms",
        "llm_provider-retry-after",
        "llm_provider-retry-after-ms",
        "x-should-retry",
        "content-type",
        "x-litellm-call-id",
        "x-litellm-response-cost",
        "x-litellm-model-id",
        "x-litellm-key-rpm-limit",
        "x-litellm-key-tpm-limit",
        "x-ratelimit-api_key-limit-requests",
        "x-ratelimit-api_key-limit-tokens",
        "x-ratelimit-api_key-limit-max_parallel_requests",
        "x-ratelimit-api_key-remaining-requests",
        "x-ratelimit-user-limit-requests",
        "x-ratelimit-team-limit-tokens",
        "x-ratelimit-model_per_key-limit-requests",
        "x-ratelimit--limit-",
        "x-ratelimit-limit-requests",
        "cf-ray",
        "cf-mitigated",
        "server",
        "x-litellm-version",
        "content-encoding-x",
        "llm_provider-x-ratelimit-limit-requests",
    ];

    private static readonly string[] s_values =
    [
        "",
        " ",
        "0",
        "1",
        "-1",
        "2.5",
        "1e400",
        "NaN",
        "-Infinity",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999",
        "0x10",
        "1,2",
        "٣",
        "true",
        "false",
        "Sun, 22 Nov 2026 12:00:30 GMT",
        "Sun, 31 Dec 9999 23:59:59 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "text/event-stream",
        "text/event-stream; charset=latin-1",
        "application/json",
        "text/html; charset=\"",
        ";;;",
        "cloudflare",
        "challenge",
        FuzzAsk.Key,
        "Bearer " + FuzzAsk.Key,
        "ä",
        "1e-7",
        "79228162514264337593543950335",
        "120",
        "121",
        "a b c",
        "\"",
        new('x', 3000),
    ];

    public static IReadOnlyList<(string Name, string Value)> Apply(
        Random random,
        IReadOnlyList<(string Name, string Value)> headers
    )
    {
        List<(string Name, string Value)> changed = [.. headers];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            if (random.Next(4) == 0 && changed.Count > 0)
            {
                changed.RemoveAt(random.Next(changed.Count));
                continue;
            }

            string name =
                random.Next(3) == 0 && changed.Count > 0
                    ? changed[random.Next(changed.Count)].Name
                    : s_names[random.Next(s_names.Length)];
            changed.RemoveAll(header => header.Name == name);
            changed.Add((name, s_values[random.Next(s_values.Length)]));
        }

        return changed;
    }
}
