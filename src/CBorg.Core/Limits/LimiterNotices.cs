using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>What waiting calls are to be told, by one thread at a time and without any lock of the limiter. A listener that
/// fails ends its own call and no other.</summary>
internal sealed class LimiterNotices
{
    private readonly object _gate = new();
    private readonly Queue<QueuedCall> _calls = new();
    private bool _isTelling;

    /// <summary>A call waits; it is told so when the reason is another than the one it was told last. Under the limiter's
    /// lock.</summary>
    public void Add(LimiterPlan.Delay delay, TimeSpan now)
    {
        if (delay.Call.OnEvent is null || delay.Call.ReportedReason == delay.Reason.Reason)
        {
            return;
        }

        delay.Call.ReportedReason = delay.Reason.Reason;
        delay.Call.Notice = new CallEvent
        {
            Kind = CallEventKind.Waiting,
            Message = $"Waiting for a permit: {delay.Reason.Reason}",
            Delay = delay.Reason.Until - now,
        };
        lock (_gate)
        {
            _calls.Enqueue(delay.Call);
        }
    }

    /// <returns>Whether a call was ended by its listener, so that others may go.</returns>
    public bool Tell()
    {
        bool ended = false;
        while (Next() is { } call)
        {
            try
            {
                call.TellNotice();
            }
            catch (Exception e)
            {
                ended |= call.TryFail(e);
            }
            finally
            {
                Done();
            }
        }

        return ended;
    }

    private QueuedCall? Next()
    {
        lock (_gate)
        {
            if (_isTelling || _calls.Count == 0)
            {
                return null;
            }

            _isTelling = true;
            return _calls.Dequeue();
        }
    }

    private void Done()
    {
        lock (_gate)
        {
            _isTelling = false;
        }
    }
}
