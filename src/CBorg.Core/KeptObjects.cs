using System;
using System.Collections.Generic;
using CBorg.Core.Resilience;

namespace CBorg.Core;

/// <summary>
/// Objects by their keys, made when first asked for. What nobody has asked for in a while is let go when the next one is made;
/// as long as somebody else holds it, it is still found, so that there are never two at work under one key. For any number of
/// threads.
/// </summary>
/// <param name="unusedFor">How long nobody has to ask for one.</param>
/// <param name="clock">Time.</param>
internal sealed class KeptObjects<TKey, TValue>(TimeSpan unusedFor, IClock clock)
    where TKey : class
    where TValue : class
{
    private readonly object _gate = new();
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>How many are known, those included that are held by others alone.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <param name="key">Which one.</param>
    /// <param name="make">Makes it. Not called twice at a time.</param>
    public TValue Get(TKey key, Func<TKey, TValue> make)
    {
        lock (_gate)
        {
            TimeSpan now = clock.Elapsed;
            if (_entries.TryGetValue(key, out Entry? entry) && entry.Use(now) is { } known)
            {
                return known;
            }

            LetGo(now - unusedFor);
            TValue made = make(key);
            _entries[key] = new Entry(made, now);
            return made;
        }
    }

    private void LetGo(TimeSpan usedBefore)
    {
        List<TKey> gone = [];
        foreach (KeyValuePair<TKey, Entry> entry in _entries)
        {
            if (entry.Value.LetGo(usedBefore))
            {
                gone.Add(entry.Key);
            }
        }

        gone.ForEach(key => _entries.Remove(key));
    }

    private sealed class Entry(TValue value, TimeSpan now)
    {
        private readonly WeakReference<TValue> _anywhere = new(value);
        private TValue? _here = value;
        private TimeSpan _usedAt = now;

        /// <returns>Null when it is gone.</returns>
        public TValue? Use(TimeSpan now)
        {
            _usedAt = now;
            return _here ??= _anywhere.TryGetTarget(out TValue? held) ? held : null;
        }

        /// <returns>Whether it is gone.</returns>
        public bool LetGo(TimeSpan usedBefore)
        {
            _here = _usedAt <= usedBefore ? null : _here;
            return _here is null && !_anywhere.TryGetTarget(out _);
        }
    }
}
