using System;
using System.Globalization;
using System.Linq;

namespace CBorg.Bench.Limits;

/// <summary>Limits, calls and who makes them, and what is to come of it.</summary>
internal sealed record LimitCase
{
    public required string LiteLlm { get; init; }

    /// <summary>Known, unknown ..., for people.</summary>
    public required string Kind { get; init; }

    public int? Requests { get; init; }

    public int? Tokens { get; init; }

    public int? Parallel { get; init; }

    /// <summary>The limits of requests and tokens are the user's, whom only <c>/user/info</c> or a plain reply tells.</summary>
    public bool OfUser { get; init; }

    /// <summary>Seconds that a call takes.</summary>
    public double Length { get; init; } = 0.2;

    public bool Streams { get; init; }

    public int PromptTokens { get; init; } = 10;

    public int CompletionTokens { get; init; } = 6;

    public int? MaxTokens { get; init; }

    /// <summary>Whether the key may ask for its limits.</summary>
    public bool MayAsk { get; init; } = true;

    /// <summary>Clients with one set of books.</summary>
    public int Clients { get; init; } = 1;

    /// <summary>What somebody else does with the same key; null when there is nobody.</summary>
    public OtherHabit? Others { get; init; }

    /// <summary>Seconds that it lasts.</summary>
    public double Horizon { get; init; } = 600;

    /// <summary>The part of what is allowed that has to be done.</summary>
    public double Goal { get; init; } = 0.97;

    /// <summary>Whether the rejections are no more than may be.</summary>
    public Func<LimitOutcome, bool> MayReject { get; init; } = outcome => outcome.AllRejected == 0;

    /// <summary>How that is told.</summary>
    public string Rejections { get; init; } = "0 rejected";

    public string Name =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{LiteLlm} {Kind}: {LimitsText()}, {(Streams ? "streams" : "calls")} of {Length} s{Others}"
        );

    /// <summary>What the server lets through until the horizon, somebody else's calls included.</summary>
    public double Allowed
    {
        get
        {
            double slots = Parallel is { } parallel ? Horizon / Length * parallel : double.MaxValue;
            double windows = Math.Ceiling((Horizon + (Others?.Before ?? 0)) / 60);
            double requests = Requests is { } limit ? windows * limit : double.MaxValue;
            double tokens = Tokens is { } most ? windows * FitsInMinute(most) : double.MaxValue;
            return Math.Floor(Math.Min(slots, Math.Min(requests, tokens)));
        }
    }

    /// <summary>Up to 1.81 LiteLLM counts after the answer (up to 1.77 only that), one more a request, and stops when the
    /// limit has been passed; from 1.96 on it lets in what its estimate leaves room for.</summary>
    private double FitsInMinute(int limit) =>
        LiteLlm switch
        {
            "1.77" => (limit / (CompletionTokens + 1)) + 1,
            "1.81" => (limit / (PromptTokens + CompletionTokens + 1)) + 1,
            _ => ((limit - PromptTokens - (MaxTokens ?? CompletionTokens)) / (PromptTokens + CompletionTokens)) + 1,
        };

    private string LimitsText()
    {
        string whose = OfUser ? " (user's)" : "";
        string?[] limits =
        [
            Requests is { } requests ? $"{requests} requests{whose}" : null,
            Tokens is { } tokens ? $"{tokens} tokens{whose}" : null,
            Parallel is { } parallel ? $"{parallel} at once" : null,
        ];
        return string.Join(", ", limits.OfType<string>());
    }
}
