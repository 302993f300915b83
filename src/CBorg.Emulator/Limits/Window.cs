using System;

namespace CBorg.Emulator.Limits;

/// <summary>A fixed minute, opened by the first request after the last one ended.</summary>
internal sealed class Window
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(60);

    private DateTimeOffset _opened = DateTimeOffset.MinValue;

    public int Requests { get; set; }

    /// <summary>A request was rejected, or counted beyond the limit.</summary>
    public bool HasRejected { get; private set; }

    public int Tokens { get; set; }

    /// <summary>Counts which window this is, so that late bookings can tell theirs has ended.</summary>
    public int Number { get; private set; }

    /// <summary>Opens a new window when this one is over; true when it did.</summary>
    public bool Turn(DateTimeOffset now, bool stands)
    {
        if (!IsOver(now, stands))
        {
            return false;
        }

        _opened = now;
        HasRejected = false;
        Requests = 0;
        Tokens = 0;
        Number++;
        return true;
    }

    public void Reject() => HasRejected = true;

    /// <summary>Whole seconds of the clock count; a counter that stands above its limit lives for the full minute.</summary>
    private bool IsOver(DateTimeOffset now, bool stands) => stands
        ? now - _opened >= s_length
        : _opened == DateTimeOffset.MinValue || now.ToUnixTimeSeconds() - _opened.ToUnixTimeSeconds() >= (long)s_length.TotalSeconds;
}
