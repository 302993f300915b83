using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Core.Limits;

/// <summary>Whether a call may go: it needs room in every book in which it counts, and nobody before it who waits for the same.</summary>
internal sealed class Admission(LimitState state, TimeSpan now)
{
    private readonly HashSet<string> _full = [];

    /// <summary>Whether nobody at all can go.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Why the last call that was refused was.</summary>
    public Block Last { get; private set; }

    /// <summary>Lets the call in, or says in <see cref="Last"/> what it waits for.</summary>
    public Place? TryEnter(string model, TokenEstimate demand, Guid owner, TimeSpan expires)
    {
        if (Alone() is { } alone)
        {
            IsClosed = true;
            Last = alone;
            return null;
        }

        List<LimitBook> books = state.For(model);
        long tokens = demand.For(state.Rules, books.Min(book => book.Tokens?.Value));
        if (Blocked(books, tokens) is { } block)
        {
            Last = block;
            return null;
        }

        return Enter(model, tokens, books, owner, expires);
    }

    /// <summary>As long as nothing is known, and while the budget seems used up, one call finds out for all.</summary>
    private Block? Alone() => (state.Known && !state.BudgetSpent) || !state.Places.Any(place => !place.IsGhost)
        ? null
        : new Block(state.BudgetSpent ? "a call under way shows whether the budget is used up" : "the first call's reply tells the limits", null);

    private Block? Blocked(List<LimitBook> books, long tokens)
    {
        Block? worst = null;
        foreach (LimitBook book in books)
        {
            Block? block = BlockedBy(book, tokens);
            if (block is null && _full.Contains(book.Id))
            {
                block = new Block($"others wait for {book.Who}", null);
            }

            if (block is { } found)
            {
                _full.Add(book.Id);
                IsClosed |= book.Id == LimitState.KeyBook;
                worst = worst is null || found.Until > (worst.Value.Until ?? TimeSpan.Zero) ? found : worst;
            }
        }

        return worst;
    }

    private Block? BlockedBy(LimitBook book, long tokens)
    {
        if (state.ParallelLimit(book) is { } limit && state.InFlight(book) is int taken && taken >= limit)
        {
            TimeSpan? gone = state.Places.Where(place => place.IsGhost && book.Covers(place.Model)).Select(place => (TimeSpan?)place.Until).Min();
            TimeSpan? more = book.Slots.Size is null ? null : book.Slots.Until;
            return new Block(taken == 0 ? $"others hold all places of {book.Who}" : $"{taken} calls of {book.Who} are in flight", gone is null || more < gone ? more : gone);
        }

        return book.BlockedByWindow(state.Rules, tokens, now);
    }

    private Place Enter(string model, long tokens, List<LimitBook> books, Guid owner, TimeSpan expires)
    {
        Guid id = Guid.NewGuid();
        Place place = new() { Id = id, Owner = owner, Model = model, Tokens = tokens, SentAt = now, Until = expires };
        place.Entries.AddRange(books.Select(book => book.Enter(id, tokens, now)));
        state.Places.Add(place);
        return place;
    }
}
