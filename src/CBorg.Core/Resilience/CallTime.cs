using System;
using System.Threading;

namespace CBorg.Core.Resilience;

/// <summary>The time that a call may take. It can begin late, when the queue for a first place does not count, and begin anew, when the service was down.</summary>
internal sealed class CallTime : IDisposable
{
    private readonly IClock _clock;
    private readonly CancellationToken _stop;
    private CancellationTokenSource? _timer;
    private TimeSpan _end;

    /// <param name="clock">Time.</param>
    /// <param name="allowed">How long it is.</param>
    /// <param name="stop">The caller's stop.</param>
    public CallTime(IClock clock, TimeSpan allowed, CancellationToken stop)
    {
        _clock = clock;
        _stop = stop;
        Allowed = allowed;
    }

    public TimeSpan Allowed { get; }

    /// <summary>The caller's stop, or the end of the time. Another one after each <see cref="StartAnew"/>.</summary>
    public CancellationToken Token => _timer?.Token ?? _stop;

    public TimeSpan Left => _timer is null ? Allowed : _end - _clock.Elapsed;

    /// <summary>Begins to count, unless it does already.</summary>
    public void Start()
    {
        if (_timer is null)
        {
            StartAnew();
        }
    }

    public void StartAnew()
    {
        _timer?.Dispose();
        _end = _clock.Elapsed + Allowed;
        _timer = _clock.CancelAfter(Allowed, _stop);
    }

    public void Dispose() => _timer?.Dispose();
}
