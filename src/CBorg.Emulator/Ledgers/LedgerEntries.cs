namespace CBorg.Emulator.Ledgers;

/// <summary>The newest entries, in the order in which their requests came.</summary>
internal sealed class LedgerEntries
{
    private const int Most = 50_000;

    private readonly object _lock = new();
    private readonly LinkedList<LedgerEntry> _entries = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public IReadOnlyList<LedgerEntry> All()
    {
        lock (_lock)
        {
            return [.. _entries];
        }
    }

    public void Add(LedgerEntry entry)
    {
        lock (_lock)
        {
            _entries.AddLast(entry);
            if (_entries.Count > Most)
            {
                _entries.RemoveFirst();
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }
}
