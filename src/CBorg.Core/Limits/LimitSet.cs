using System;

namespace CBorg.Core.Limits;

/// <summary>The limits of one scope; null where there is none.</summary>
internal sealed class LimitSet
{
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(10);

    public static LimitSet None { get; } = new();

    public LimitValue? Requests { get; set; }

    public LimitValue? Tokens { get; set; }

    public LimitValue? Parallel { get; set; }

    /// <summary>What a connection was told to keep to.</summary>
    public static LimitSet Of(ConnectionOptions options)
    {
        static LimitValue? Value(int? limit) => limit is { } value ? new LimitValue(value, RateLimitOrigin.User, TimeSpan.Zero) : null;
        return new LimitSet { Requests = Value(options.RequestsPerMinute), Tokens = Value(options.TokensPerMinute), Parallel = Value(options.ThrottleLimit) };
    }

    /// <summary>What is told now is what holds now, wherever it comes from; of two at the same moment the better source counts.</summary>
    public void Learn(RateLimitType type, LimitValue figure)
    {
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

    private static LimitValue? Fresh(LimitValue? figure, TimeSpan now) => figure is { Origin: RateLimitOrigin.Rejection } told && now - told.At > s_memory ? null : figure;
}
