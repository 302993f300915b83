using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>One case: a recording, what was done to it, and what may come of it. The same seed and number make the same
/// case again.</summary>
/// <param name="Source">The recording.</param>
/// <param name="Reply">What is answered.</param>
/// <param name="Deed">What was done.</param>
/// <param name="Endings">What a stream may come to, where that is known exactly; empty where it is not.</param>
internal sealed record FuzzCase(FuzzSource Source, FuzzReply Reply, string Deed, IReadOnlyList<FuzzEnding> Endings)
{
    private static readonly string[] s_chat = ["/chat/completions", "/v1/chat/completions"];

    private static readonly FuzzSource[][] s_kinds =
    [
        [.. FuzzSource.All.Where(source => IsGood(source) && IsChat(source) && source.IsEvents)],
        [.. FuzzSource.All.Where(source => IsGood(source) && IsChat(source) && !source.IsEvents)],
        [.. FuzzSource.All.Where(source => !IsGood(source))],
        [.. FuzzSource.All.Where(source => IsGood(source) && source.Route == "/embeddings")],
        [.. FuzzSource.All.Where(source => IsGood(source) && !IsChat(source) && source.Route != "/embeddings")],
    ];

    // Streams are what breaks most and what money hangs on.
    private static readonly int[] s_shares = [0, 0, 0, 0, 1, 1, 2, 3, 4, 4];

    public static FuzzCase Make(int seed, int number)
    {
        Random random = new(unchecked((seed * 1_000_003) + number));
        FuzzSource[] kind = s_kinds[s_shares[random.Next(s_shares.Length)]];
        FuzzSource source = kind[random.Next(kind.Length)];
        FuzzReply reply = source.Reply with { Step = random.Next(3) == 0 ? random.Next(1, 40) : int.MaxValue };
        FuzzCase made =
            IsChat(source) && source.IsEvents && IsGood(source) && random.Next(3) > 0
                ? OfEvents(random, source, reply)
                : OfBytes(random, source, reply);
        return made.Endings.Count == 0 && random.Next(5) == 0
            ? made with
            {
                Reply = made.Reply with
                {
                    Headers = FuzzHeaders.Apply(random, made.Reply.Headers),
                    Status = random.Next(4) == 0 ? random.Next(200, 600) : made.Reply.Status,
                },
                Deed = made.Deed + ", other headers",
            }
            : made;
    }

    public static bool IsChat(FuzzSource source) => s_chat.Contains(source.Route);

    private static bool IsGood(FuzzSource source) => source.Reply.Status is >= 200 and < 300;

    private static FuzzCase OfEvents(Random random, FuzzSource source, FuzzReply reply)
    {
        List<string> events = FuzzEvents.Split(Encoding.UTF8.GetString(source.Reply.Body));
        if (random.Next(2) == 0)
        {
            List<string> changed = FuzzEvents.Apply(random, events);
            return new FuzzCase(
                source,
                reply with
                {
                    Body = FuzzEvents.Join(random, changed),
                },
                "other events",
                [FuzzEnding.Of(changed)]
            );
        }

        int count = random.Next(reply.Body.Length + 1);
        string came = Encoding.UTF8.GetString(reply.Body, 0, count).Replace("\r\n", "\n", StringComparison.Ordinal);
        int whole = came.LastIndexOf("\n\n", StringComparison.Ordinal);
        List<string> complete = whole < 0 ? [] : FuzzEvents.Split(came[..whole]);

        // An event without the blank line after it may count or not.
        List<string> all = FuzzEvents.Split(came);
        bool breaks = random.Next(2) == 0;
        return new FuzzCase(
            source,
            reply with
            {
                Arrives = count,
                Breaks = breaks,
            },
            $"{(breaks ? "broken" : "cut")} after {count} bytes",
            [FuzzEnding.Of(complete), FuzzEnding.Of(all)]
        );
    }

    private static FuzzCase OfBytes(Random random, FuzzSource source, FuzzReply reply)
    {
        switch (random.Next(8))
        {
            case 0:
                int count = random.Next(reply.Body.Length + 1);
                return new FuzzCase(
                    source,
                    reply with
                    {
                        Arrives = count,
                        Breaks = random.Next(2) == 0,
                    },
                    $"ends after {count} bytes",
                    []
                );
            case 1:
                return new FuzzCase(source, reply with { Body = FuzzNoise.Invent(random) }, "invented", []);
            case 2 or 3 or 4 when Json(random, source) is { } body:
                return new FuzzCase(source, reply with { Body = body }, "other JSON", []);
            case 5 when random.Next(4) == 0:
                FuzzSource other = FuzzSource.All[random.Next(FuzzSource.All.Count)];
                return new FuzzCase(source, reply with { Body = other.Reply.Body }, $"body of {other.Name}", []);
            default:
                return new FuzzCase(source, reply with { Body = FuzzNoise.Apply(random, reply.Body) }, "noise", []);
        }
    }

    private static byte[]? Json(Random random, FuzzSource source)
    {
        if (!source.IsEvents)
        {
            return FuzzJson.Apply(random, source.Reply.Body);
        }

        List<string> events = FuzzEvents.Split(Encoding.UTF8.GetString(source.Reply.Body));
        int at = random.Next(Math.Max(1, events.Count));
        if (
            at >= events.Count
            || !events[at].StartsWith("data: ", StringComparison.Ordinal)
            || FuzzJson.Apply(random, events[at][6..]) is not { } changed
        )
        {
            return null;
        }

        events[at] = "data: " + changed;
        return FuzzEvents.Join(random, events);
    }
}
