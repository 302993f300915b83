using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>Does something at a moment, which can be moved until then.</summary>
internal sealed class WakeUpTimer(IClock clock, Action ring)
{
    private readonly object _gate = new();
    private CancellationTokenSource? _set;
    private TimeSpan? _at;

    /// <param name="at">The moment, to tell whether it is another than before; null for never.</param>
    /// <param name="delay">How long that is from now.</param>
    public void Set(TimeSpan? at, TimeSpan? delay)
    {
        CancellationTokenSource? old;
        CancellationTokenSource? mine = null;
        lock (_gate)
        {
            if (at == _at)
            {
                return;
            }

            old = _set;
            _at = at;
            _set = mine = at is null ? null : new CancellationTokenSource();
        }

        old?.Cancel();
        if (mine is not null)
        {
            _ = RingAsync(mine, delay > TimeSpan.Zero ? delay.Value : TimeSpan.Zero);
        }
    }

    private async Task RingAsync(CancellationTokenSource mine, TimeSpan delay)
    {
        try
        {
            await clock.Delay(delay, mine.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            if (_set != mine)
            {
                return;
            }

            (_set, _at) = (null, null);
        }

        ring();
    }
}
