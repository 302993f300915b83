using System;

namespace CBorg.Core.Resilience;

/// <summary>
/// Whether and when a failed request is sent again. Knows kinds of failure only; statuses are the classifier's business.
/// </summary>
internal sealed class RetryPolicy(Func<double> random)
{
    private static readonly TimeSpan s_longestBackoff = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_longestForPermit = TimeSpan.FromSeconds(5);

    public static RetryPolicy Default { get; } = new(Jitter.Next);

    /// <summary>How long to wait before the next attempt.</summary>
    /// <exception cref="CBorgException">
    /// Waiting is pointless: the server asks for more than is allowed, or for more than is left. The same failure, saying so.
    /// </exception>
    public TimeSpan Delay(CBorgException failure, RetryArguments arguments)
    {
        if (failure.Row.Retry == ErrorRetry.Permit)
        {
            // A permit is free as soon as another call ends; the server's 60 s are its window's length, not the wait.
            return Allowed(failure, Own(TimeSpan.FromMilliseconds(50), s_longestForPermit, arguments), arguments);
        }

        if (arguments.RoomWithin is { } room)
        {
            // Its window ends some time within the next 60 s. The attempts left are spread over them, so that the last one
            // comes when there must be room.
            TimeSpan share =
                arguments.RetriesLeft == 1
                    ? room
                    : TimeSpan.FromTicks((long)(room.Ticks / arguments.RetriesLeft * (0.75 + (random() / 2))));
            return Allowed(failure, Shorter(share, arguments.Longest), arguments);
        }

        // A server that asks to come back at once does not know better; coming back at once is what overloads it.
        TimeSpan delay =
            failure.RetryAfter is { } asked && asked > TimeSpan.Zero
                ? asked
                : Own(TimeSpan.FromSeconds(1), s_longestBackoff, arguments);
        return Allowed(failure, delay, arguments);
    }

    /// <summary>A wait that is known to be needed, unless it is too long for the call.</summary>
    /// <exception cref="CBorgException">It is. The same failure, saying so, and when to come back.</exception>
    public TimeSpan Allowed(CBorgException failure, TimeSpan wait, RetryArguments arguments) =>
        wait > arguments.Longest
            ? throw CannotWait(
                failure,
                wait,
                arguments,
                $"and no call waits longer than {TimeText.Duration(arguments.Longest)} (Connect-CBorg -MaximumRetryDelay)"
            )
        : wait >= arguments.Left
            ? throw CannotWait(
                failure,
                wait,
                arguments,
                $"but only {TimeText.Duration(arguments.Left)} of its time are left (-TimeoutSec)"
            )
        : wait;

    /// <summary>
    /// How long a service that is down is left alone before it is asked again: what it asks for, else double the last time, up
    /// to two minutes.
    /// </summary>
    /// <param name="failure">How it failed the last time.</param>
    /// <param name="round">How often it has been asked since it went down, from 1.</param>
    public TimeSpan Probe(CBorgException failure, int round) =>
        failure.RetryAfter is { } asked && asked > TimeSpan.Zero
            ? asked
            : Jittered(TimeSpan.FromSeconds(1), round, s_longestProbe);

    private static CBorgException CannotWait(CBorgException failure, TimeSpan wait, RetryArguments arguments, string why)
    {
        DateTimeOffset at = (arguments.Now + wait).ToLocalTime();
        return Failures.Again(
            failure,
            $"The call would have to wait {TimeText.Duration(wait)}, {why}. Come back at {TimeText.Moment(at, arguments.Now)}.",
            failure.Facts with
            {
                RetryAfter = wait,
                RetryAt = at,
            }
        );
    }

    /// <summary>A back-off of our own, which nobody asked for and which therefore is no reason to fail.</summary>
    private TimeSpan Own(TimeSpan first, TimeSpan longest, RetryArguments arguments) =>
        Shorter(Jittered(first, arguments.Failures, longest), arguments.Longest);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>Exponential, with the upper half of each step at random, so that many clients do not come back at once.</summary>
    private TimeSpan Jittered(TimeSpan first, int attempt, TimeSpan longest)
    {
        double step = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 20)), longest.TotalSeconds);
        return TimeSpan.FromSeconds(step * (0.5 + (random() / 2)));
    }
}
