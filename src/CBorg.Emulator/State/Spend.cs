namespace CBorg.Emulator.State;

/// <summary>What was spent: at once for budgets, after a lag for whoever asks.</summary>
internal sealed class Spend(double start = 0)
{
    private static readonly TimeSpan s_rowIsKept = TimeSpan.FromSeconds(60);

    private readonly object _lock = new();
    private readonly Queue<(DateTimeOffset From, double Cost)> _pending = new();
    private readonly double _start = start;
    private double _booked = start;
    private double _visible = start;
    private double _row = start;
    private DateTimeOffset? _rowRead;

    public double Booked
    {
        get
        {
            lock (_lock)
            {
                return _booked;
            }
        }
    }

    public void Add(double cost, DateTimeOffset visibleFrom)
    {
        lock (_lock)
        {
            _booked += cost;
            _pending.Enqueue((visibleFrom, cost));
        }
    }

    /// <summary>Forgets everything since the start.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _pending.Clear();
            _booked = _start;
            _visible = _start;
            _rowRead = null;
        }
    }

    /// <summary>What a proxy knows that reads the row from its database and then keeps it for a minute.</summary>
    public double RowAt(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_rowRead is not { } read || now - read >= s_rowIsKept)
            {
                _row = VisibleAt(now);
                _rowRead = now;
            }

            return _row;
        }
    }

    public double VisibleAt(DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_pending.TryPeek(out var next) && next.From <= now)
            {
                _visible += _pending.Dequeue().Cost;
            }

            return _visible;
        }
    }
}
