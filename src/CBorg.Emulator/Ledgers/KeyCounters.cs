using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

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
