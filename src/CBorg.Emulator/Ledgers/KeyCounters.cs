namespace CBorg.Emulator.Ledgers;

/// <summary>Sums over the requests of each key, since the start or the last reset.</summary>
internal sealed class KeyCounters
{
    private readonly object _lock = new();
    private readonly Dictionary<string, KeyCounter> _counters = [];

    public void Begin(LedgerEntry entry) => With(entry, counter => counter.Begin());

    public void End(LedgerEntry entry) => With(entry, counter => counter.End(entry));

    public void Clear()
    {
        lock (_lock)
        {
            _counters.Clear();
        }
    }

    public JsonArray ToJson()
    {
        lock (_lock)
        {
            return new JsonArray([.. _counters.Values.Select(counter => (JsonNode)counter.ToJson())]);
        }
    }

    private void With(LedgerEntry entry, Action<KeyCounter> count)
    {
        if (entry.KeyHash is not { } hash)
        {
            return;
        }

        lock (_lock)
        {
            if (!_counters.TryGetValue(hash, out var counter))
            {
                _counters[hash] = counter = new KeyCounter(entry.Key, hash, entry.KeyRole);
            }

            count(counter);
        }
    }
}

/// <summary>What one key has had: requests by how they ended, rejections by type, tokens, cost.</summary>
internal sealed class KeyCounter(string? key, string hash, string? role)
{
    private readonly SortedDictionary<string, int> _rejected = new(StringComparer.Ordinal)
    {
        ["max_parallel_requests"] = 0,
        ["requests"] = 0,
        ["tokens"] = 0,
    };
    private int _requests;
    private int _succeeded;
    private int _failed;
    private int _closed;
    private int _inFlight;
    private int _mostInFlight;
    private long _promptTokens;
    private long _completionTokens;
    private double _cost;

    public void Begin()
    {
        _requests++;
        _mostInFlight = Math.Max(_mostInFlight, ++_inFlight);
    }

    public void End(LedgerEntry entry)
    {
        _inFlight = Math.Max(0, _inFlight - 1);
        _succeeded += entry.Status is >= 200 and < 300 ? 1 : 0;
        _failed += entry.Rejected is null && entry.Status is null or >= 300 ? 1 : 0;
        _closed += entry.ClientClosedAt is null ? 0 : 1;
        _promptTokens += entry.PromptTokens ?? 0;
        _completionTokens += entry.CompletionTokens ?? 0;
        _cost += entry.Cost ?? 0;
        if (entry.Rejected is { } type)
        {
            _rejected[type] = _rejected.GetValueOrDefault(type) + 1;
        }
    }

    public JsonObject ToJson() =>
        new()
        {
            ["key"] = key,
            ["key_hash"] = hash,
            ["key_role"] = role,
            ["requests"] = _requests,
            ["succeeded"] = _succeeded,
            ["failed"] = _failed,
            ["rejected"] = new JsonObject(_rejected.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
            ["client_closed"] = _closed,
            ["in_flight"] = _inFlight,
            ["most_in_flight"] = _mostInFlight,
            ["prompt_tokens"] = _promptTokens,
            ["completion_tokens"] = _completionTokens,
            ["cost"] = Json.Float(_cost),
        };
}
