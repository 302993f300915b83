using System;
using System.Collections.Generic;

namespace CBorg.Core.Resilience;

/// <summary>
/// What one scope of the server's limiter allows, and what was used of it: calls in flight, requests and tokens of the last window. While the start of the server's window is unknown,
/// a sliding log of what was sent never exceeds a fixed window wherever that starts. Not thread-safe: <see cref="CallLimiter"/> guards it.
/// </summary>
/// <param name="name">For people to read.</param>
/// <param name="covers">Whether requests for a model count in it.</param>
internal sealed class LimitBook(string name, Func<string, bool> covers)
{
    /// <summary>The server's window, and a little for the way there.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60.5);

    private readonly Queue<Booking> _sent = new();
    private long _tokens;

    public string Name => name;

    public long? MaxParallel { get; set; }

    public long? RequestsPerMinute { get; set; }

    public long? TokensPerMinute { get; set; }

    public int InFlight { get; private set; }

    /// <summary>What was sent in this window.</summary>
    public IEnumerable<Booking> Sent => _sent;

    public bool Covers(string model) => covers(model);

    /// <summary>What a call has to wait for; null when it may go.</summary>
    /// <returns>The reason, and when at the latest to look again; no time means that a call has to end first.</returns>
    public (string Reason, TimeSpan? Until)? Blocks(long tokens, TimeSpan now)
    {
        Forget(now);
        if (MaxParallel is { } parallel && InFlight >= Math.Max(1, parallel))
        {
            return ($"{InFlight} calls of {name} are in flight", null);
        }

        if (RequestsPerMinute is { } requests && _sent.Count >= Math.Max(1, requests))
        {
            return ($"{_sent.Count} requests of {name} in this minute", _sent.Peek().At + Window);
        }

        // A call larger than the whole limit is not held for ever: the server says so more clearly.
        return TokensPerMinute is { } limit && _sent.Count > 0 && _tokens + tokens > limit && tokens <= limit
            ? ($"{_tokens} tokens of {name} in this minute", _sent.Peek().At + Window)
            : null;
    }

    /// <summary>Counts a request, one of before this book was opened included.</summary>
    public void Enter(Booking booking)
    {
        _sent.Enqueue(booking);
        _tokens += booking.Tokens;
        booking.Windows.Add(this);
        if (booking.InFlight)
        {
            InFlight++;
            booking.Places.Add(this);
        }
    }

    public void Correct(long tokens) => _tokens += tokens;

    public void Leave() => InFlight--;

    private void Forget(TimeSpan now)
    {
        while (_sent.Count > 0 && now - _sent.Peek().At >= Window)
        {
            Booking booking = _sent.Dequeue();
            booking.Windows.Remove(this);
            _tokens -= booking.Tokens;
        }
    }
}
