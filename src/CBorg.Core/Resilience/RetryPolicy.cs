using System;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>Whether and when a failed request is sent again. Knows kinds of failure only; statuses are the classifier's business.</summary>
internal sealed class RetryPolicy(Func<double> random)
{
    private static readonly TimeSpan s_longestBackoff = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromSeconds(120);

    public static RetryPolicy Default { get; } = new(NextRandom);

    public static bool IsRetryable(CBorgException failure) => failure.Kind switch
    {
        ErrorKind.Budget or ErrorKind.StreamInterrupted or ErrorKind.CallTimeout => false,
        _ when failure.Facts.Retryable is { } said => said,
        ErrorKind.RequestLimit or ErrorKind.ParallelLimit or ErrorKind.ProviderLimit or ErrorKind.Resting => true,
        ErrorKind.TokenLimit => !LimitTexts.NeverFits(failure.Facts.ServerMessage),
        ErrorKind.ProviderFault or ErrorKind.ProviderTimeout or ErrorKind.ProxyFault => failure.Facts.ServerMessage?.Contains("isn't mapped yet") != true,
        ErrorKind.EdgeLimit or ErrorKind.EdgeFault => true,
        ErrorKind.ConnectionFailed or ErrorKind.ConnectTimeout or ErrorKind.SilenceTimeout => true,
        _ => false,
    };

    /// <summary>How long to wait before the next attempt.</summary>
    /// <param name="failure">What the last one failed of.</param>
    /// <param name="attempt">Its number, from 1.</param>
    /// <param name="left">What is left of the call's time.</param>
    /// <exception cref="CBorgException">Waiting is pointless: the server asks for more than two minutes, or for more than is left. The same failure, saying so.</exception>
    public TimeSpan Delay(CBorgException failure, int attempt, TimeSpan left)
    {
        TimeSpan delay = Wanted(failure, attempt);
        return delay > s_longestAsked ? throw CannotWait(failure, delay, $"and no call waits more than {s_longestAsked.TotalSeconds:0} s")
            : delay >= left ? throw CannotWait(failure, delay, $"but only {Math.Max(0, left.TotalSeconds):0.#} s of its time are left")
            : delay;
    }

    private TimeSpan Wanted(CBorgException failure, int attempt)
    {
        // A place for a call in flight is free as soon as another call ends; the server's 60 s are its window's length, not the wait.
        if (failure.Kind == ErrorKind.ParallelLimit)
        {
            return Jittered(TimeSpan.FromMilliseconds(50), attempt, TimeSpan.FromSeconds(5));
        }

        // A server that asks to come back at once does not know better; coming back at once is what overloads it.
        return failure.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked : Jittered(TimeSpan.FromSeconds(1), attempt, s_longestBackoff);
    }

    private static CBorgException CannotWait(CBorgException failure, TimeSpan delay, string why) => Failures.Create(
        failure.Kind, $"{failure.Message} The call would have to wait {Math.Ceiling(delay.TotalSeconds):0} s, {why}.", failure.Advice, failure.Facts, failure);

    /// <summary>Exponential, with the upper half of each step at random, so that many clients do not come back at once.</summary>
    private TimeSpan Jittered(TimeSpan first, int attempt, TimeSpan longest)
    {
        double step = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 20)), longest.TotalSeconds);
        return TimeSpan.FromSeconds(step * (0.5 + (random() / 2)));
    }

    private static double NextRandom()
    {
#pragma warning disable CA5394 // Jitter needs no secrecy.
#if NET
        return Random.Shared.NextDouble();
#else
        lock (s_random)
        {
            return s_random.NextDouble();
        }
#endif
    }

#if !NET
    private static readonly Random s_random = new();
#endif
#pragma warning restore CA5394
}
