using System;

namespace CBorg.Core.Limits;

/// <summary>The limits of one scope; null where there is none.</summary>
internal sealed class LimitSet : IEquatable<LimitSet>
{
    // Above this nothing is limited. The account may hold any number; -1 means no limit to LiteLLM.
    private const long LargestLimit = 1_000_000_000_000;

    // Limits are raised, too: what only a rejection said is tried again after a while.
    private static readonly TimeSpan s_rejectionMemory = TimeSpan.FromMinutes(10);

    public static LimitSet None { get; } = new();

    public LimitValue? Requests { get; set; }

    public LimitValue? Tokens { get; set; }

    public LimitValue? Parallel { get; set; }

    /// <summary>What a connection was told to keep to.</summary>
    public static LimitSet Of(ConnectionOptions options)
    {
        static LimitValue? Value(int? limit) =>
            limit is { } value ? new LimitValue(value, RateLimitOrigin.User, TimeSpan.Zero) : null;
        return (options.RequestsPerMinute ?? options.TokensPerMinute ?? options.ThrottleLimit) is null
            ? None
            : new LimitSet
            {
                Requests = Value(options.RequestsPerMinute),
                Tokens = Value(options.TokensPerMinute),
                Parallel = Value(options.ThrottleLimit),
            };
    }

    /// <summary>Whether the limits are as high, however they are known.</summary>
    public bool Equals(LimitSet? other) =>
        other is not null
        && Requests?.Value == other.Requests?.Value
        && Tokens?.Value == other.Tokens?.Value
        && Parallel?.Value == other.Parallel?.Value;

    public override bool Equals(object? obj) => Equals(obj as LimitSet);

    public override int GetHashCode() => (Requests?.Value, Tokens?.Value, Parallel?.Value).GetHashCode();

    /// <summary>These limits, and where there is none the others.</summary>
    public LimitSet Over(LimitSet others) =>
        this == None
            ? others
            : new LimitSet
            {
                Requests = Requests ?? others.Requests,
                Tokens = Tokens ?? others.Tokens,
                Parallel = Parallel ?? others.Parallel,
            };

    /// <summary>What is told now is what holds now, wherever it comes from; of two at the same moment the better source
    /// counts. A negative or absurd number is no limit.</summary>
    public void Learn(RateLimitType type, LimitValue figure)
    {
        if (figure.Value is < 0 or > LargestLimit)
        {
            return;
        }

        switch (type)
        {
            case RateLimitType.Requests:
                Requests = Newer(Requests, figure);
                break;
            case RateLimitType.Tokens:
                Tokens = Newer(Tokens, figure);
                break;
            case RateLimitType.Parallel:
                Parallel = Newer(Parallel, figure);
                break;
        }
    }

    /// <summary>Drops what only a rejection told of, long ago: limits are raised, too.</summary>
    public void Forget(TimeSpan now)
    {
        Requests = Fresh(Requests, now);
        Tokens = Fresh(Tokens, now);
        Parallel = Fresh(Parallel, now);
    }

    private static LimitValue Newer(LimitValue? had, LimitValue figure)
    {
        bool keepsOrigin = had is { } old && old.Origin < figure.Origin && (old.Value == figure.Value || old.At == figure.At);
        return keepsOrigin ? had!.Value with { At = figure.At } : figure;
    }

    private static LimitValue? Fresh(LimitValue? figure, TimeSpan now) =>
        figure is { Origin: RateLimitOrigin.Rejection } told && now - told.At > s_rejectionMemory ? null : figure;
}
