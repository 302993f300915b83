using System;
using System.Threading;

namespace CBorg.Core.Resilience;

/// <summary>
/// The time that a call may take. It can begin late, when the queue for a first permit does not count, and begin anew, when the
/// service was down.
/// </summary>
/// <param name="clock">Time.</param>
/// <param name="timeout">How long it is.</param>
/// <param name="stop">The caller's stop.</param>
internal sealed class Deadline(IClock clock, TimeSpan timeout, CancellationToken stop) : IDisposable
{
    private CancellationTokenSource? _timer;
    private TimeSpan _end;

    public TimeSpan Timeout => timeout;

    /// <summary>The caller's stop, or the end of the time. Another one after each <see cref="Restart"/>.</summary>
    public CancellationToken Token => _timer?.Token ?? stop;

    public TimeSpan Left => _timer is null ? timeout : _end - clock.Elapsed;

    /// <summary>Begins to count, unless it does already.</summary>
    public void Start()
    {
        if (_timer is null)
        {
            Begin();
        }
    }

    /// <summary>Begins anew, if it counts already.</summary>
    public void Restart()
    {
        if (_timer is not null)
        {
            _timer.Dispose();
            Begin();
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Begin()
    {
        _end = clock.Elapsed + timeout;
        _timer = clock.CancelAfter(timeout, stop);
    }
}
