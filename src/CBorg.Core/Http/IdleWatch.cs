using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>Ends a read that waits too long. One timer serves all reads of a body: when it fires it looks since when the
/// present read has been waiting, and goes on for what is left of its time.</summary>
internal sealed class IdleWatch(TimeSpan timeout, IClock clock) : IDisposable
{
    private readonly object _gate = new();
    private CancellationTokenSource? _stop;
    private CancellationToken _caller;
    private TimeSpan? _waitingSince;
    private bool _running;
    private bool _disposed;
#if !NET
    private readonly TaskCompletionSource<bool> _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a read has waited too long.</summary>
    public Task Expired => _expired.Task;
#endif

    /// <summary>Whether a read has waited too long.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>The caller's stop, or the end of the time. Reads follow one another, nearly always with the same stop.</summary>
    public CancellationToken TokenFor(CancellationToken caller)
    {
        CancellationTokenSource? old = null;
        lock (_gate)
        {
            if (_stop is null || caller != _caller)
            {
                (old, _caller) = (_stop, caller);
                _stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
            }
        }

        End(old);
        return _stop.Token;
    }

    /// <summary>A read begins to wait.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _waitingSince = clock.Elapsed;
            if (_running)
            {
                return;
            }

            _running = true;
        }

        _ = WatchAsync();
    }

    /// <summary>It has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            _waitingSince = null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        End(_stop);
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task WatchAsync()
    {
        while (Left(out CancellationToken stop) is { } left)
        {
            // That it is over counts, not how it ended.
            await Task.WhenAny(clock.Delay(left, stop)).ConfigureAwait(false);
        }

        if (IsExpired)
        {
#if !NET
            _expired.TrySetResult(true);
#endif
            End(_stop);
        }
    }

    /// <returns>What is left of the present read's time; null when no read waits, or its time is over.</returns>
    private TimeSpan? Left(out CancellationToken stop)
    {
        lock (_gate)
        {
            stop = default;
            if (!_disposed && _waitingSince is { } since && !_stop!.IsCancellationRequested)
            {
                stop = _stop.Token;
                TimeSpan left = since + timeout - clock.Elapsed;
                if (left > TimeSpan.Zero)
                {
                    return left;
                }

                IsExpired = true;
            }

            _running = false;
            return null;
        }
    }

    private static void End(CancellationTokenSource? stop)
    {
        try
        {
            stop?.Cancel();
            stop?.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // Two ends at once.
        }
    }
}
