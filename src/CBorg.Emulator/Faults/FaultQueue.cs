using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Ledgers;
using CBorg.Emulator.State;

namespace CBorg.Emulator.Faults;

/// <summary>Faults for requests to come, in the order they were given.</summary>
internal sealed class FaultQueue
{
    private readonly object _lock = new();
    private readonly List<QueuedFault> _faults = [];

    public void Add(IReadOnlyList<QueuedFault> faults)
    {
        lock (_lock)
        {
            _faults.AddRange(faults);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    /// <summary>The first fault that fits a request and acts on it.</summary>
    public FaultScript? Take(LedgerEntry entry, KeyRecord? key)
    {
        lock (_lock)
        {
            foreach (var fault in _faults.Where(fault => fault.Fits(entry, key)).ToList())
            {
                var (acts, isSpent) = fault.Meet();
                if (isSpent)
                {
                    _faults.Remove(fault);
                }

                if (acts)
                {
                    return fault.Script;
                }
            }

            return null;
        }
    }

    public JsonArray ToJson()
    {
        lock (_lock)
        {
            return new JsonArray([.. _faults.Select(fault => (JsonNode)fault.ToJson())]);
        }
    }
}
