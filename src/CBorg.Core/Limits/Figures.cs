using System;

namespace CBorg.Core.Limits;

/// <summary>The limits of one scope; null where there is none.</summary>
internal sealed class Figures
{
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(10);

    public static Figures None { get; } = new();

    public Figure? Requests { get; set; }

    public Figure? Tokens { get; set; }

    public Figure? Parallel { get; set; }

    /// <summary>What a connection was told to keep to.</summary>
    public static Figures Of(ConnectionOptions options)
    {
        static Figure? Figure(int? limit) => limit is { } value ? new Figure(value, RateLimitOrigin.User, TimeSpan.Zero) : null;
        return new Figures { Requests = Figure(options.RequestsPerMinute), Tokens = Figure(options.TokensPerMinute), Parallel = Figure(options.ThrottleLimit) };
    }

    /// <summary>What is told now is what holds now, wherever it comes from; of two at the same moment the better source counts.</summary>
    public void Learn(RateLimitType type, Figure figure)
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

    private static Figure Newer(Figure? had, Figure figure)
    {
        bool keepsOrigin = had is { } old && old.Origin < figure.Origin && (old.Value == figure.Value || old.At == figure.At);
        return keepsOrigin ? had!.Value with { At = figure.At } : figure;
    }

    private static Figure? Fresh(Figure? figure, TimeSpan now) => figure is { Origin: RateLimitOrigin.Rejection } told && now - told.At > s_memory ? null : figure;
}
