using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Bench.Limits;

/// <summary>All cases in the turned clock.</summary>
internal static class LimitCases
{
    private static readonly string[] s_generations = ["1.77", "1.81", "1.102"];

    public static IEnumerable<LimitCase> All =>
        s_generations.SelectMany(generation =>
            Known(generation).Concat(Unknown(generation)).Concat(FourClients(generation)).Concat(BesideOthers(generation))
        );

    private const string Few = "at most 6 rejected, or as many as fit in flight";

    private static bool Teaching(LimitOutcome outcome) => outcome.AllRejected <= Math.Max(6, outcome.Case.Parallel ?? 0);

    private static IEnumerable<LimitCase> Known(string generation)
    {
        LimitCase known = new() { LiteLlm = generation, Kind = "known" };
        return
        [
            known with
            {
                Requests = 60,
                Parallel = 5,
            },
            known with
            {
                Requests = 60,
                Parallel = 5,
                Streams = true,
            },
            known with
            {
                Requests = 100,
                Parallel = 3,
                Length = 2.5,
            },
            known with
            {
                Requests = 600,
                Parallel = 16,
                Length = 0.4,
                Streams = true,
                Horizon = 240,
            },
            known with
            {
                Requests = 20,
                Parallel = 20,
                Length = 25,
                Streams = true,
            },
            known with
            {
                Tokens = 10_000,
                Parallel = 8,
                Length = 1,
                PromptTokens = 10,
                CompletionTokens = 140,
                MaxTokens = 390,
            },
            known with
            {
                Tokens = 3000,
                Parallel = 4,
                Length = 0.5,
                Streams = true,
                PromptTokens = 10,
                CompletionTokens = 240,
                MaxTokens = 240,
            },
        ];
    }

    private static IEnumerable<LimitCase> Unknown(string generation)
    {
        LimitCase unknown = new()
        {
            LiteLlm = generation,
            Kind = "unknown",
            Streams = true,
            MayAsk = false,
            Goal = 0.9,
            MayReject = Teaching,
            Rejections = Few,
        };
        LimitCase told = unknown with
        {
            Streams = false,
            MayReject = outcome => outcome.AllRejected == 0,
            Rejections = "0 rejected",
        };
        return
        [
            told with
            {
                Requests = 60,
                Parallel = 5,
            },
            unknown with
            {
                Requests = 60,
                Parallel = 5,
            },
            unknown with
            {
                Requests = 60,
                OfUser = true,
                MayReject = outcome => outcome.AllRejected - outcome.Late <= 32 && outcome.Late <= 6,
                Rejections = "at most what is in flight, then 6",
            },
            unknown with
            {
                Requests = 600,
                Parallel = 3,
                Length = 2,
            },
            unknown with
            {
                Requests = 600,
                Parallel = 16,
                Length = 0.4,
                Horizon = 240,
            },
            unknown with
            {
                Tokens = 6000,
                OfUser = true,
                Parallel = 8,
                Length = 1,
                CompletionTokens = 140,
                MaxTokens = 200,
            },
        ];
    }

    private static IEnumerable<LimitCase> FourClients(string generation)
    {
        LimitCase four = new()
        {
            LiteLlm = generation,
            Kind = "known, four clients",
            Clients = 4,
            Horizon = 300,
        };
        LimitCase untold = four with
        {
            Kind = "unknown, four clients",
            MayAsk = false,
            Goal = 0.9,
            MayReject = Teaching,
            Rejections = Few,
        };
        return
        [
            four with
            {
                Requests = 60,
                Parallel = 5,
            },
            four with
            {
                Requests = 60,
                Parallel = 5,
                Streams = true,
            },
            four with
            {
                Requests = 8,
                Parallel = 2,
                Length = 3,
                Streams = true,
            },
            untold with
            {
                Requests = 60,
                Parallel = 5,
                Streams = true,
            },
        ];
    }

    private static IEnumerable<LimitCase> BesideOthers(string generation)
    {
        LimitCase beside = new()
        {
            LiteLlm = generation,
            Kind = "known, beside others",
            Parallel = 5,
            Length = 0.4,
            Horizon = 1200,
            Goal = 0.85,
            MayReject = outcome => outcome.AllRejected < 0.02 * outcome.Requests,
            Rejections = "under 2 % rejected",
        };
        return
        [
            beside with
            {
                Requests = 60,
                Others = new OtherHabit(2),
            },
            beside with
            {
                Requests = 60,
                Others = new OtherHabit(2),
                Streams = true,
            },
            beside with
            {
                Requests = 60,
                Others = new OtherHabit(6),
                Streams = true,
            },
            beside with
            {
                Requests = 100,
                Others = new OtherHabit(1.2),
            },
            beside with
            {
                Requests = 60,
                Others = new OtherHabit(61, 30),
            },
            beside with
            {
                Requests = 60,
                Others = new OtherHabit(61, 30),
                Streams = true,
            },
        ];
    }
}
