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

/// <summary>A script that waits for the requests that it is meant for.</summary>
internal sealed class QueuedFault
{
    private QueuedFault(FaultScript script, JsonObject o)
    {
        Script = script;
        Path = o.Text("path");
        Model = o.Text("model");
        Key = o.Text("key");
        Left = o.Whole("count") ?? 1;
        Skip = o.Whole("skip") ?? 0;
    }

    public FaultScript Script { get; }

    /// <summary>The end of a path: chat/completions.</summary>
    public string? Path { get; }

    public string? Model { get; }

    /// <summary>A key by its role, alias, shown name or whole.</summary>
    public string? Key { get; }

    /// <summary>How many requests it still befalls; 0 and less: all.</summary>
    public int Left { get; private set; }

    /// <summary>How many fitting requests pass unharmed before.</summary>
    public int Skip { get; private set; }

    /// <summary>Reads "script" or {"script", "path", "model", "key", "count", "skip"}.</summary>
    public static QueuedFault From(JsonNode? node)
    {
        var o = node as JsonObject ?? new JsonObject { ["script"] = node?.DeepClone() };
        var script = o.Text("script") ?? throw new FaultScriptError("An entry of the list has no 'script'.");
        return new QueuedFault(FaultScript.Parse(script), o);
    }

    public bool Fits(LedgerEntry entry, KeyRecord? key) =>
        (
            Path is null
            || entry
                .Path.AsSpan(0, entry.Path.AsSpan().IndexOf('?') is >= 0 and var query ? query : entry.Path.Length)
                .EndsWith(Path, StringComparison.Ordinal)
        )
        && (Model is null || entry.Model == Model)
        && (Key is null || (key is not null && (Key == key.Role || Key == key.Alias || Key == key.Name || Key == key.Key)));

    /// <summary>Counts a fitting request; whether it is befallen, and whether that was the last one.</summary>
    public (bool Acts, bool IsSpent) Meet()
    {
        if (Skip > 0)
        {
            Skip--;
            return (false, false);
        }

        return (true, Left > 0 && --Left == 0);
    }

    public JsonObject ToJson() =>
        new()
        {
            ["script"] = Script.Text,
            ["path"] = Path,
            ["model"] = Model,
            ["key"] = Key,
            ["count"] = Left,
            ["skip"] = Skip,
        };
}
