using System;

namespace CBorg.Core.Limits;

/// <summary>What becomes of a place when its call has ended here. The server goes on with many a call that was given up, and holds its place as long (docs/reliability.md, "Calls given up").</summary>
internal sealed class Departure(LimitState state, TimeSpan now)
{
    private static readonly TimeSpan s_slowGiveBack = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_cutStream = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_unknownLength = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    /// <param name="place">The call's.</param>
    /// <param name="taken">What its answer took; null when it was not told, so that the estimate stands.</param>
    /// <param name="succeeded">Whether it got a good reply.</param>
    /// <param name="end">How it ended.</param>
    public void Take(Place place, TokensUsed? taken, bool succeeded, CallEnd end)
    {
        Settle(place, taken?.Counted(state.Rules) ?? (succeeded || end != CallEnd.Read ? place.Tokens : 0));
        if (succeeded)
        {
            Succeeded(place);
        }

        if (StaysUntil(place, end) is { } until && until > now)
        {
            (place.IsGhost, place.Until) = (true, until);
        }
        else
        {
            state.Places.Remove(place);
        }
    }

    private void Settle(Place place, long tokens)
    {
        foreach (Place.Entry entry in place.Entries)
        {
            if (state.Books.TryGetValue(entry.Book, out LimitBook? book))
            {
                book.Window.Correct(entry, tokens - place.Tokens);
            }
        }

        place.Tokens = tokens;
    }

    private void Succeeded(Place place)
    {
        state.BudgetSpent = false;
        LimitBook pace = state.Pace(place.Model);
        pace.Adaptive!.Succeeded(state.InFlight(pace));
        double took = (now - place.SentAt).TotalSeconds;
        state.TypicalSeconds = state.TypicalSeconds == 0 ? took : (state.TypicalSeconds * 0.8) + (took * 0.2);
    }

    private TimeSpan? StaysUntil(Place place, CallEnd end)
    {
        if (end == CallEnd.Read)
        {
            bool isFirst = !state.GaveBack && state.Rules.EndsClosedStreams;
            state.GaveBack = true;
            return isFirst ? now + s_slowGiveBack : null;
        }

        if (end == CallEnd.CutStream && state.Rules.EndsClosedStreams)
        {
            return now + s_cutStream;
        }

        // How long the server goes on with it nobody says; about as long as calls take, then.
        TimeSpan typical = state.TypicalSeconds > 0 ? TimeSpan.FromSeconds(Math.Min(state.TypicalSeconds * 1.5, s_longest.TotalSeconds)) : s_unknownLength;
        TimeSpan until = place.SentAt + typical;
        return until < now + s_cutStream ? now + s_cutStream : until;
    }
}
