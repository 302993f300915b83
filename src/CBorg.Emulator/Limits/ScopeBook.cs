namespace CBorg.Emulator.Limits;

/// <summary>What one scope has used: its window and its calls in flight.</summary>
internal sealed class ScopeBook(bool slotsLiveInWindow)
{
    public Window Window { get; } = new();

    public Slots Slots { get; } = new(slotsLiveInWindow);
}

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
    private bool IsOver(DateTimeOffset now, bool stands) =>
        stands
            ? now - _opened >= s_length
            : _opened == DateTimeOffset.MinValue
                || now.ToUnixTimeSeconds() - _opened.ToUnixTimeSeconds() >= (long)s_length.TotalSeconds;
}

/// <summary>
/// The calls in flight of a scope. Earlier generations count them in the window: a new one starts from nothing, and calls
/// of the old one
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
