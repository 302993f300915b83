using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Emulator.Limits;

/// <summary>
/// The calls in flight of a scope. Earlier generations count them in the window: a new one starts from nothing, and calls of the old one
/// that end then make it negative. The newest keeps an entry for each call, for an hour at the most.
/// </summary>
internal sealed class Slots(bool liveInWindow)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    private readonly Dictionary<object, DateTimeOffset> _calls = [];
    private int _counter;

    /// <summary>Set when a call has ended well; the first one's slot lags.</summary>
    public bool HasBeenUsed { get; set; }

    public int TakenAt(DateTimeOffset now) => liveInWindow ? _counter : _calls.Values.Count(since => now - since < s_longest);

    public void Take(object call, DateTimeOffset now)
    {
        _counter++;
        _calls[call] = now;
    }

    public void Give(object call)
    {
        _counter--;
        _calls.Remove(call);
    }

    /// <summary>A new window begins.</summary>
    public void Turn() => _counter = 0;
}
