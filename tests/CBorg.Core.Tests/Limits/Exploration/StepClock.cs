using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Limits.Exploration;

/// <summary>Time that stands still but for the steps of a schedule. What becomes due runs in the thread that takes the
/// step.</summary>
internal sealed class StepClock : IClock
{
    private readonly List<(TimeSpan At, Action Ring)> _timers = [];

    public DateTimeOffset UtcNow => FakeClock.Start + Elapsed;

    public TimeSpan Elapsed { get; private set; }

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        TaskCompletionSource done = new();
        _timers.Add((Elapsed + delay, () => done.TrySetResult()));
        cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        return done.Task;
    }

    public CancellationTokenSource CancelAfter(TimeSpan delay, CancellationToken linked)
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(linked);
        _timers.Add((Elapsed + delay, source.Cancel));
        return source;
    }

    /// <summary>Goes on to the next timer, or by that much if none is due so soon.</summary>
    public void Step(TimeSpan most)
    {
        TimeSpan target = Elapsed + most;
        int next = -1;
        for (int i = 0; i < _timers.Count; i++)
        {
            next = _timers[i].At <= target && (next < 0 || _timers[i].At < _timers[next].At) ? i : next;
        }

        if (next < 0)
        {
            Elapsed = target;
            return;
        }

        (TimeSpan at, Action ring) = _timers[next];
        _timers.RemoveAt(next);
        Elapsed = at > Elapsed ? at : Elapsed;
        ring();
    }
}
