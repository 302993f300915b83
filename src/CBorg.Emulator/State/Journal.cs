namespace CBorg.Emulator.State;

/// <summary>The books: activity by day, model and key, and a log of single calls. What is added shows after the spend
/// lag.</summary>
internal sealed class Journal
{
    private const int LogsKept = 10_000;

    private readonly object _lock = new();
    private readonly Queue<(DateTimeOffset From, SpentCall Call)> _pending = new();
    private readonly Dictionary<(DateOnly, string?, string, string, string, string), DailyActivity> _days = [];
    private readonly Queue<(DateTimeOffset From, SpentCall Call)> _calls = new();
    private readonly HashSet<string> _requests = [];

    /// <summary>Log rows that a catalogue brings along.</summary>
    public IReadOnlyList<SpendLogSeed> Seeds { get; init; } = [];

    public void Add(SpentCall call, DateTimeOffset visibleFrom)
    {
        lock (_lock)
        {
            _pending.Enqueue((visibleFrom, call));
            Settle(call.Ended);
        }
    }

    public void Add(DailyActivity row)
    {
        lock (_lock)
        {
            _days[KeyOf(row)] = row;
        }
    }

    public IReadOnlyList<DailyActivity> DaysAt(DateTimeOffset now)
    {
        lock (_lock)
        {
            Settle(now);
            return _days.Values.Select(row => row with { }).ToList();
        }
    }

    public IReadOnlyList<SpentCall> CallsAt(DateTimeOffset now)
    {
        lock (_lock)
        {
            Settle(now);
            return _calls.Where(entry => entry.From <= now).Select(entry => entry.Call).ToList();
        }
    }

    private void Settle(DateTimeOffset now)
    {
        while (_pending.TryPeek(out var next) && next.From <= now)
        {
            Book(_pending.Dequeue());
        }
    }

    private void Book((DateTimeOffset From, SpentCall Call) entry)
    {
        var call = entry.Call;
        var row = RowFor(call);
        row.Spend += call.Cost;
        row.PromptTokens += call.PromptTokens;
        row.CompletionTokens += call.CompletionTokens;
        row.CacheReadTokens += call.CacheReadTokens;
        row.CacheWriteTokens += call.CacheWriteTokens;
        row.Successes += call.Failed ? 0 : 1;
        row.Failures += call.Failed ? 1 : 0;
        if (_requests.Add(call.RequestId))
        {
            Log(entry);
        }
    }

    private void Log((DateTimeOffset From, SpentCall Call) entry)
    {
        _calls.Enqueue(entry);
        if (_calls.Count > LogsKept)
        {
            _requests.Remove(_calls.Dequeue().Call.RequestId);
        }
    }

    private DailyActivity RowFor(SpentCall call)
    {
        var fresh = new DailyActivity(
            DateOnly.FromDateTime(call.Started.UtcDateTime),
            call.Key.UserId,
            call.Key.Hash,
            call.Deployment?.UnderlyingModel ?? call.ModelGroup,
            call.ModelGroup,
            call.Deployment?.Provider ?? "",
            call.Endpoint
        );
        return _days.TryGetValue(KeyOf(fresh), out var row) ? row : _days[KeyOf(fresh)] = fresh;
    }

    private static (DateOnly, string?, string, string, string, string) KeyOf(DailyActivity row) =>
        (row.Date, row.UserId, row.KeyHash, row.Model, row.ModelGroup, row.Endpoint);
}
