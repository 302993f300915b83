using System;
using System.Linq;
using System.Text;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>Does things to bytes without knowing what they mean.</summary>
internal static class FuzzNoise
{
    private static readonly byte[][] s_tokens =
    [
        .. new[]
        {
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "9223372036854775808",
            "-9e18",
            "0.5",
            "NaN",
            "\"",
            "\\",
            "\\u",
            "\\ud83d",
            "\\udc00",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "[]",
            "{}",
            "\0",
            "\n",
            "\r",
            "\n\n",
            "\r\n\r\n",
            "data:",
            "data: ",
            "data: [DONE]\n\n",
            "[DONE]",
            "event: error\n",
            ": ping\n\n",
            "id: 1\n",
            "retry: x\n",
            "data: {\"error\":{\"message\":\"no\"}}\n\n",
            "\"error\":",
            "\"error\":null",
            "\"choices\":[]",
            "\"finish_reason\":\"stop\"",
            "\"index\":4294967296",
            "\uFEFF",
            "\u2028",
            "ä",
            "🙂",
            "٣",
            "try again in ٣ seconds",
            "retry after 99999999999999999999999h",
            "error code: ١٠٢٠",
            "error code: 1020",
            "<html>",
            "<style>",
            "<script",
            "<",
            "cloudflare",
            "Current limit: 99999999999999999999, Remaining: 1",
            "Rate limit exceeded for a:",
            "Budget has been exceeded! Current cost: 1e99, Max budget: 2",
            "litellm.",
            FuzzAsk.Key,
            "Bearer " + FuzzAsk.Key,
            "{'error': '",
            new string('[', 100),
            new string('9', 400),
            new string('<', 500),
            new string(' ', 300),
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF],
        [0xC3],
        [0xE2, 0x82],
        [0xF0, 0x9F],
        [0xED, 0xA0, 0xBD],
        [0xC0, 0x80],
    ];

    public static byte[] Apply(Random random, byte[] body)
    {
        for (int times = random.Next(1, 5); times > 0; times--)
        {
            body = Once(random, body);
        }

        return body;
    }

    /// <summary>Bytes that nobody recorded.</summary>
    public static byte[] Invent(Random random) => [.. Enumerable.Range(0, random.Next(0, 30)).SelectMany(_ => Token(random))];

    private static byte[] Once(Random random, byte[] body)
    {
        int at = random.Next(body.Length + 1);
        int length = Math.Min(random.Next(1, random.Next(2) == 0 ? 4 : 80), body.Length - at);
        switch (random.Next(7))
        {
            case 0 when at < body.Length:
                byte[] flipped = [.. body];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1 when at < body.Length:
                byte[] replaced = [.. body];
                replaced[at] = (byte)random.Next(256);
                return replaced;
            case 2:
                return [.. body[..at], .. body[(at + length)..]];
            case 3:
                return [.. body[..at], .. body[at..(at + length)], .. body[at..]];
            case 4:
                return [.. body[..at], .. Token(random), .. body[(at + length)..]];
            default:
                return [.. body[..at], .. Token(random), .. body[at..]];
        }
    }

    private static byte[] Token(Random random) => s_tokens[random.Next(s_tokens.Length)];
}
