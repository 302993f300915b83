using System;
using System.Text.Json.Nodes;

namespace CBorg.Core.Tests.Soak;

/// <summary>Which request meets which fault: 5 % each of a reset, a 5xx, a 429 and a silence, drawn from a seed.</summary>
internal static class SoakFaults
{
    private const double Share = 0.05;

    private static readonly string[][] s_kinds =
    [
        ["reset-before-headers", "reset-mid-stream:after=0", "reset-mid-stream:after=3"],
        ["status:500", "status:502:body=nginx-html", "status:503:retry-after=2", "status:520:body=cloudflare-json"],
        ["limit:provider", "limit:provider:retry-after-text=2", "limit:cooldown"],
        ["stall-before-headers", "stall-mid-stream:after=3"],
    ];

    /// <summary>Entries for the emulator's queue, each of which lets those requests pass that come before its own. Retries
    /// are requests too, so there are more of them than calls.</summary>
    public static JsonArray Draw(int seed, int requests)
    {
        Random random = new(seed);
        JsonArray faults = [];
        for (int request = 0; request < requests; request++)
        {
            int kind = (int)(random.NextDouble() / Share);
            if (kind < s_kinds.Length)
            {
                // A request that meets a fault is not counted by the entries behind it.
                int skip = request - faults.Count;
                faults.Add(
                    new JsonObject
                    {
                        ["script"] = s_kinds[kind][random.Next(s_kinds[kind].Length)],
                        ["path"] = "chat/completions",
                        ["skip"] = skip,
                    }
                );
            }
        }

        return faults;
    }
}
