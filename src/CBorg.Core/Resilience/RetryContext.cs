using System;

namespace CBorg.Core.Resilience;

/// <summary>How often one call has failed, and whether it is tried again.</summary>
/// <param name="policy">How long to wait.</param>
/// <param name="options">How far to go.</param>
/// <param name="giveUp">Other calls' news that there is no service. Null: this call neither tells nor hears of it.</param>
/// <param name="began">When the call began.</param>
/// <param name="clock">Time.</param>
internal sealed class RetryContext(RetryPolicy policy, RetryOptions options, GiveUpSignal? giveUp, TimeSpan began, IClock clock)
{
    // Rejections that the limiter takes care of are free, but not for ever: a server whose limits cannot be understood would
    // have its way.
    private const int MostRejections = 60;

    // LiteLLM's limiter counts by the minute, where it does not say so itself.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private int _failures;
    private int _unreached;
    private int _rejections;
    private TimeSpan? _roomAt;

    /// <summary>How long to wait before the next attempt. Null: the failure is final.</summary>
    /// <param name="failure">It.</param>
    /// <param name="held">See <see cref="CallContext.RetryDelay"/>.</param>
    /// <param name="left">What is left of the call's time.</param>
    /// <exception cref="CBorgException">
    /// The wait would be too long, or another call has found that there is no service. The same failure, saying so.
    /// </exception>
    public TimeSpan? Next(CBorgException failure, TimeSpan? held, TimeSpan left)
    {
        int retries = options.MaximumRetryCount;
        _unreached = failure.Fault == Fault.Network ? _unreached + 1 : 0;
        if (retries == 0 || !failure.IsRetryable)
        {
            return null;
        }

        if (held is { } wait && !IsOrder(failure))
        {
            return ++_rejections < MostRejections ? policy.Allowed(failure, wait, Arguments(retries - _failures, left)) : null;
        }

        if (++_failures > retries)
        {
            TellOthers();
            return null;
        }

        return _unreached > 0 && giveUp?.Binds(began, retries + 1) == true
            ? throw Failures.Again(
                failure,
                "Another call has given the service up meanwhile, so this one does, too.",
                failure.Facts
            )
            : policy.Delay(failure, Arguments(retries - _failures + 1, left) with { RoomWithin = Room(failure) });
    }

    private RetryArguments Arguments(int retriesLeft, TimeSpan left) =>
        new(_failures, retriesLeft, left, options.MaximumRetryDelay, clock.UtcNow);

    /// <summary>All attempts are used up; where none of them reached the service, that is news for the calls under way.</summary>
    private void TellOthers()
    {
        if (_unreached > options.MaximumRetryCount)
        {
            giveUp?.Raise(_unreached);
        }
    }

    /// <summary>
    /// The limiter always says the length of its window, so its <c>retry-after</c> is the longest that the wait can be, counted
    /// from the first rejection. On some routes it says nothing.
    /// </summary>
    private TimeSpan? Room(CBorgException failure)
    {
        ErrorFacts facts = failure.Facts;
        TimeSpan? told = facts.LimitType is not null ? facts.RetryAfter : null;
        if ((told ?? (facts.RateLimit is not null && facts.RetryAfter is null ? s_window : null)) is not { } window)
        {
            return null;
        }

        TimeSpan now = clock.Elapsed;
        _roomAt = _roomAt is { } known && known > now ? known : now + window;
        return _roomAt - now;
    }

    /// <summary>
    /// Whether somebody else's limiter, on the way or of an old kind, names the time itself: ours, which knows LiteLLM's
    /// windows, knows nothing better.
    /// </summary>
    private static bool IsOrder(CBorgException failure) =>
        failure.Row.Retry == ErrorRetry.Window && failure.Facts.LimitType is null && failure.RetryAfter > TimeSpan.Zero;
}
