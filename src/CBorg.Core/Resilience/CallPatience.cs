using System;

namespace CBorg.Core.Resilience;

/// <summary>How often one call has failed, and whether it goes on.</summary>
internal sealed class CallPatience(RetryPolicy policy, int retries, TimeSpan longest, ServiceVerdict? verdict, IClock clock)
{
    // Rejections that the limiter takes care of are free, but not for ever: a server whose limits cannot be understood would have its way.
    private const int MostRejections = 60;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _begun = clock.Elapsed;

    private int _failures;
    private int _unreached;
    private int _rejections;
    private TimeSpan? _roomAt;

    /// <summary>How long to wait before the next attempt. Null: the failure is final.</summary>
    /// <param name="failure">It.</param>
    /// <param name="held">What the limiter makes of it: zero when its queue holds the next attempt as long as needed, a time to be waited, null when it knows nothing.</param>
    /// <param name="left">What is left of the call's time.</param>
    /// <exception cref="CBorgException">The wait would be too long, or another call has found that there is no service. The same failure, saying so.</exception>
    public TimeSpan? Next(CBorgException failure, TimeSpan? held, TimeSpan left)
    {
        _unreached = failure.Fault == Fault.Network ? _unreached + 1 : 0;
        if (retries == 0 || !failure.IsRetryable)
        {
            return null;
        }

        RetryTurn turn = new(_failures, retries - _failures, left, longest, clock.UtcNow);
        if (held is { } wait && !IsOrder(failure))
        {
            return ++_rejections < MostRejections ? policy.Allowed(failure, wait, turn) : null;
        }

        if (++_failures > retries)
        {
            GiveVerdict();
            return null;
        }

        return _unreached > 0 && verdict?.Binds(_begun, retries + 1) == true
            ? throw Failures.Again(failure, "Another call has given the service up meanwhile, so this one does, too.", failure.Facts)
            : policy.Delay(failure, turn with { Failures = _failures, RetriesLeft = retries - _failures + 1, RoomWithin = Room(failure) });
    }

    /// <summary>All attempts are used up; where none of them reached the service, that is news for the calls under way.</summary>
    private void GiveVerdict()
    {
        if (_unreached > retries)
        {
            verdict?.Give(_unreached);
        }
    }

    /// <summary>The limiter always says the length of its window, so its <c>retry-after</c> is the longest that the wait can be, counted from the first rejection. On some routes it says nothing.</summary>
    private TimeSpan? Room(CBorgException failure)
    {
        TimeSpan? said = failure.Facts.LimitType is not null ? failure.RetryAfter : null;
        if ((said ?? (failure.Facts.RateLimit is not null && failure.RetryAfter is null ? s_window : null)) is not { } window)
        {
            return null;
        }

        TimeSpan now = clock.Elapsed;
        _roomAt = _roomAt is { } known && known > now ? known : now + window;
        return _roomAt - now;
    }

    /// <summary>Whether somebody else's limiter, on the way or of an old kind, names the time itself: the books, which know LiteLLM's windows, know nothing better.</summary>
    private static bool IsOrder(CBorgException failure) =>
        failure.Row.Retry == ErrorRetry.Window && failure.Facts.LimitType is null && failure.RetryAfter > TimeSpan.Zero;
}
