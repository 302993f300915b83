using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>Takes an event stream apart into its events, and does to whole events what lines, proxies and providers do to
/// them.</summary>
internal static class FuzzEvents
{
    private static readonly string[] s_strangers =
    [
        "data: {\"error\":{\"message\":\"litellm.InternalServerError: no\",\"type\":null,\"param\":null,\"code\":\"500\"}}",
        "data: {\"error\":\"no\"}",
        "event: error\ndata: {\"message\":\"no\"}",
        "data: {oops",
        "data: {\"id\":",
        ": ping",
        "data:",
        "data: ",
        "event: note\ndata: {}",
        "data: [DONE]",
        "data: {\"choices\":[]}",
        "data: null",
        "data: 7",
        "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}}]}",
    ];

    /// <summary>The events as they stand, without the blank lines between them.</summary>
    public static List<string> Split(string body) =>
        [.. body.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n").Where(block => block.Trim('\n').Length > 0)];

    public static List<string> Apply(Random random, IReadOnlyList<string> events)
    {
        List<string> changed = [.. events];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int at = random.Next(changed.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < changed.Count:
                    changed.RemoveAt(at);
                    break;
                case 1 when at < changed.Count:
                    changed.Insert(at, changed[at]);
                    break;
                case 2 when at + 1 < changed.Count:
                    (changed[at], changed[at + 1]) = (changed[at + 1], changed[at]);
                    break;
                case 3:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                default:
                    changed.Insert(at, s_strangers[random.Next(s_strangers.Length)]);
                    break;
            }
        }

        return changed;
    }

    /// <summary>The events as bytes; lines end in one of the ways that are allowed.</summary>
    public static byte[] Join(Random random, IReadOnlyList<string> events)
    {
        string end = random.Next(4) switch
        {
            0 => "\r\n",
            1 => "\r",
            _ => "\n",
        };
        StringBuilder text = new(random.Next(10) == 0 ? "\uFEFF" : "");
        foreach (string block in events)
        {
            text.Append(block.Replace("\n", end, StringComparison.Ordinal)).Append(end).Append(end);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
