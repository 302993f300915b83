using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>What waiting calls are to be told, in order and by one thread at a time, without any lock. A listener that fails ends its own call and no other.</summary>
internal sealed class LimiterNotices
{
    private readonly object _gate = new();
    private readonly Queue<Notice> _notices = new();
    private bool _isTelling;

    /// <summary>A call waits; it is told so when the reason is another than the one it was told last. Under the limiter's lock.</summary>
    public void Add(LimiterPlan.Delay delay, TimeSpan now)
    {
        if (delay.Call.OnEvent is null || delay.Call.ReportedReason == delay.Reason.Reason)
        {
            return;
        }

        delay.Call.ReportedReason = delay.Reason.Reason;
        CallEvent waiting = new()
        {
            Kind = CallEventKind.Waiting,
            Message = $"Waiting for a permit: {delay.Reason.Reason}",
            Delay = delay.Reason.Until - now,
        };
        lock (_gate)
        {
            _notices.Enqueue(new Notice(delay.Call, waiting));
        }
    }

    /// <returns>Whether a call was ended by its listener, so that others may go.</returns>
    public bool Tell()
    {
        bool ended = false;
        while (Next() is { } notice)
        {
            try
            {
                // Nobody hears of a wait that is over: see RateLimiter.Report.
                lock (notice.Call)
                {
                    (notice.Call.IsOver ? null : notice.Call.OnEvent)?.Invoke(notice.Event);
                }
            }
            catch (Exception e)
            {
                ended |= notice.Call.TryFail(e);
            }
            finally
            {
                Done();
            }
        }

        return ended;
    }

    private Notice? Next()
    {
        lock (_gate)
        {
            if (_isTelling || _notices.Count == 0)
            {
                return null;
            }

            _isTelling = true;
            return _notices.Dequeue();
        }
    }

    private void Done()
    {
        lock (_gate)
        {
            _isTelling = false;
        }
    }

    private sealed record Notice(QueuedCall Call, CallEvent Event);
}
