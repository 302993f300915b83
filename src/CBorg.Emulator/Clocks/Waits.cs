namespace CBorg.Emulator.Clocks;

/// <summary>
/// Every wait inside the emulator goes through here: the clock's time counts, and it is known which requests sleep, so that
/// whoever
/// turns the clock can wait until the others have got as far as they can.
/// </summary>
internal sealed class Waits
{
    // Real time: a client that does not read its reply keeps its request awake for as long as it likes.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly object _lock = new();
    private readonly TimeProvider _clock;
    private TaskCompletionSource? _settled;
    private int _awake;
    private int _asleep;

    public Waits(TimeProvider clock)
    {
        _clock = clock;
        (clock as TurnableClock)?.Follow(this);
    }

    /// <summary>Requests that wait for the clock.</summary>
    public int Asleep => Volatile.Read(ref _asleep);

    /// <summary>A request's handling begins; it is over when the result is disposed.</summary>
    public IDisposable Enter()
    {
        Count(awake: 1, asleep: 0);
        return new Stay(this);
    }

    /// <summary>Waits on the clock; for ever when no time is given.</summary>
    public async Task DelayAsync(TimeSpan? time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (time <= TimeSpan.Zero)
        {
            return;
        }

        var sleep = new Sleep(this);
        await using var timer = _clock.CreateTimer(
            _ => sleep.End(),
            null,
            time ?? Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        await using var end = cancellation.UnsafeRegister(_ => sleep.End(), null);
        await sleep.BeginAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Ends when no request is awake.</summary>
    public async Task SettleAsync()
    {
        Task settled;
        lock (_lock)
        {
            if (_awake <= 0)
            {
                return;
            }

            _settled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            settled = _settled.Task;
        }

        await Task.WhenAny(settled, Task.Delay(s_timeout));
    }

    private void Count(int awake, int asleep)
    {
        lock (_lock)
        {
            _awake += awake;
            _asleep += asleep;
            if (_awake <= 0)
            {
                _settled?.TrySetResult();
                _settled = null;
            }
        }
    }

    private sealed class Stay(Waits waits) : IDisposable
    {
        private Waits? _waits = waits;

        public void Dispose() => Interlocked.Exchange(ref _waits, null)?.Count(awake: -1, asleep: 0);
    }

    private sealed class Sleep(Waits waits)
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _begun;
        private bool _ended;

        public Task BeginAsync()
        {
            lock (waits._lock)
            {
                if (!_ended)
                {
                    _begun = true;
                    waits.Count(awake: -1, asleep: 1);
                }
            }

            return _over.Task;
        }

        /// <summary>Whoever sleeps counts as awake before it is.</summary>
        public void End()
        {
            lock (waits._lock)
            {
                if (_begun && !_ended)
                {
                    waits.Count(awake: 1, asleep: -1);
                }

                _ended = true;
            }

            _over.TrySetResult();
        }
    }
}
