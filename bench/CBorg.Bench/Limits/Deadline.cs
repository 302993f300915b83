using System;
using System.Threading;
using CBorg.Emulator.Clocks;

namespace CBorg.Bench.Limits;

/// <summary>The end of a time on the turned clock. Every call to the service has one as long as it lasts, which is how the
/// stage knows of calls that the client makes by itself.</summary>
internal sealed class Deadline : CancellationTokenSource
{
    private readonly Stage? _stage;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _link;
    private int _ended;

    public Deadline(TurnableClock clock, Stage? stage, TimeSpan delay, CancellationToken linked)
    {
        _stage = stage;
        stage?.Count(ref stage.Running, 1);
        _timer = clock.CreateTimer(_ => Ring(), null, delay, Timeout.InfiniteTimeSpan);
        _link = linked.Register(Ring);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _timer.Dispose();
            _link.Dispose();
            _stage?.Count(ref _stage.Running, -1);
        }

        base.Dispose(disposing);
    }

    private void Ring()
    {
        if (Volatile.Read(ref _ended) == 0)
        {
            Cancel();
        }
    }
}
