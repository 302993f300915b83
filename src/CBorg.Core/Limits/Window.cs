using System;

namespace CBorg.Core.Limits;

/// <summary>
/// The server's minute as seen from here (docs/reliability.md, "The window"): fixed, opened by the first request after the
/// last one ended, 60 s long. What is not known exactly is kept as bounds:
/// a window is over for us when it is over for the server wherever in the bounds it began.
/// </summary>
internal sealed class Window
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>What a request takes until the server counts it.</summary>
    public static readonly TimeSpan NetworkDelay = TimeSpan.FromSeconds(0.1);

    // The server compares whole seconds: without a rejection its window can be over a second early.
    private static readonly TimeSpan s_earliestEnd = TimeSpan.FromSeconds(58.9);

    /// <summary>Whether a request counts in it already.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The server opened it at this moment or later ...</summary>
    public TimeSpan OpenedFrom { get; set; }

    /// <summary>... and at this moment at the latest, since the Unix epoch.</summary>
    public TimeSpan OpenedBy { get; set; }

    /// <summary>Whether the bounds are known rather than assumed: a reply said so, or a rejection came just before.</summary>
    public bool Certain { get; set; }

    /// <summary>Counts windows, so that what ends late can tell that its own is over.</summary>
    public long Number { get; set; }

    public WindowCounter Own { get; } = new();

    /// <summary>What somebody else with the same key, user or team has used of it.</summary>
    public WindowCounter Others { get; } = new();

    /// <summary>Of our own what was sent so late that the server may have counted it in the next window already.</summary>
    public WindowCounter Late { get; } = new();

    public TimeSpan LateFrom { get; set; }

    /// <summary>Requests of others in earlier windows, fading.</summary>
    public long OthersBefore { get; set; }

    /// <summary>When our last request went out.</summary>
    public TimeSpan LastSent { get; set; }

    /// <summary>Own requests of this window that have been answered.</summary>
    public long Answered { get; set; }

    /// <summary>When the last one was over, as far as we knew.</summary>
    public TimeSpan Ended { get; set; }

    public TimeSpan End => OpenedBy + Length + NetworkDelay;

    public long Requests => IsOpen ? Own.Requests + Others.Requests : Late.Requests;

    public long Tokens => IsOpen ? Own.Tokens + Others.Tokens : Late.Tokens;

    /// <summary>Closes it when it is over.</summary>
    public void Advance(TimeSpan now)
    {
        // A clock that was set back must not keep it open for hours.
        if (IsOpen && (now >= End || now < OpenedFrom - Length))
        {
            IsOpen = false;
            Ended = End < now ? End : now;
            OthersBefore = Math.Max(Others.Requests, OthersBefore == 0 ? 0 : OthersBefore - 1 - (OthersBefore / 8));
            Own.Clear();
            Others.Clear();
            Answered = 0;
        }

        if (!IsOpen && now - LateFrom >= Length + NetworkDelay)
        {
            Late.Clear();
        }
    }

    /// <summary>Counts a request that goes out now, and opens the window when none is open.</summary>
    /// <returns>Whether the server may count it in the next window.</returns>
    public bool Count(TimeSpan now, long tokens)
    {
        if (!IsOpen)
        {
            Open(now);
        }

        LastSent = now;
        Own.Add(1, tokens);
        bool late = now >= OpenedFrom + s_earliestEnd;
        if (late)
        {
            LateFrom = Late.Requests == 0 ? now : LateFrom;
            Late.Add(1, tokens);
        }

        return late;
    }

    /// <summary>Takes a request back that was not counted after all.</summary>
    public void Uncount(Permit.WindowEntry entry, long tokens) => Change(entry, -1, -tokens);

    /// <summary>Replaces an estimate.</summary>
    public void Correct(Permit.WindowEntry entry, long tokens) => Change(entry, 0, tokens);

    /// <summary>A reply told that the server opened a window between two moments.</summary>
    /// <param name="from">Not before.</param>
    /// <param name="by">Not after.</param>
    /// <param name="requests">What is used of it, all of it taken for our own.</param>
    /// <param name="tokens">The tokens of those.</param>
    public void Reopen(TimeSpan from, TimeSpan by, long requests, long tokens)
    {
        (IsOpen, OpenedFrom, OpenedBy, Certain) = (true, from, by, true);
        Number++;
        Own.Clear();
        Others.Clear();
        Late.Clear();
        Own.Add(requests, tokens);
        Answered = 1;
    }

    /// <summary>Takes over what another window of the same requests has counted.</summary>
    public void CopyFrom(Window other)
    {
        (IsOpen, OpenedFrom, OpenedBy, LateFrom) = (other.IsOpen, other.OpenedFrom, other.OpenedBy, other.LateFrom);
        (Number, LastSent, Answered, Ended) = (other.Number, other.LastSent, other.Answered, other.Ended);
        Own.Add(other.Own.Requests, other.Own.Tokens);
        Late.Add(other.Late.Requests, other.Late.Tokens);
    }

    /// <summary>Somebody else has used that much of it, as far as is known; opens it when none is open.</summary>
    /// <param name="requests">At most.</param>
    /// <param name="tokens">At most.</param>
    /// <param name="from">The first of them was not sent before.</param>
    /// <param name="by">Nor after.</param>
    public void CountOthers(long requests, long tokens, TimeSpan from, TimeSpan by)
    {
        if (!IsOpen && requests > 0)
        {
            Open(by);
            (OpenedFrom, Certain) = (from, false);
        }

        Others.Add(requests, tokens);
    }

    /// <summary>What was counted turned out not to have opened a window: the old one is still on.</summary>
    public void Close() => IsOpen = false;

    private void Change(Permit.WindowEntry entry, long requests, long tokens)
    {
        bool isThis = entry.Window == Number;
        bool isNext = entry.Late && entry.Window == Number - 1;
        if (IsOpen && (isThis || isNext))
        {
            Own.Add(requests, tokens);
        }

        if (entry.Late && isThis)
        {
            Late.Add(requests, tokens);
        }
    }

    private void Open(TimeSpan now)
    {
        // Right after a window that we know, nobody else had the time to open the next one long before us.
        Certain = Certain && now - End < TimeSpan.FromSeconds(1);
        (IsOpen, OpenedFrom, OpenedBy) = (true, Late.Requests > 0 ? LateFrom : now, now);
        Number++;
        Own.Add(Late.Requests, Late.Tokens);
        Late.Clear();
    }
}
