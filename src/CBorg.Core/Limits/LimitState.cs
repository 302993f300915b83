using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Core.Limits;

/// <summary>All that is known of the limits of one service and key, and all that is in flight: data, with the arithmetic on it. Times are since the Unix epoch. Not thread-safe: <see cref="ILimitStore"/> guards it.</summary>
internal sealed class LimitState
{
    public const string KeyBook = "key";
    private const string OnPrem = "lbl/*";
    private const int OnPremParallel = 5;

    public LimitState()
    {
        Book(KeyBook, null);
        Book(OnPrem, OnPrem).Told.Parallel = new LimitValue(OnPremParallel, RateLimitOrigin.Published, TimeSpan.Zero);
    }

    public Dictionary<string, LimitBook> Books { get; } = new(StringComparer.Ordinal);

    public List<Place> Places { get; } = [];

    /// <summary>The server's version, as its replies tell it.</summary>
    public string? Version { get; set; }

    /// <summary>Whether anything has told of limits yet: a reply, or the account.</summary>
    public bool Known { get; set; }

    /// <summary>Whether the last that was heard is that the budget is used up: then calls go one by one, until one passes.</summary>
    public bool BudgetSpent { get; set; }

    /// <summary>When the account was asked last.</summary>
    public TimeSpan? AskedAt { get; set; }

    /// <summary>Whether a place has been given back before: LiteLLM from 1.96 takes some ms longer for a key's first.</summary>
    public bool GaveBack { get; set; }

    /// <summary>How long calls take, about, in seconds; 0 while unknown.</summary>
    public double TypicalSeconds { get; set; }

    public LimitBook Key => Books[KeyBook];

    public ServerRules Rules => ServerRules.Of(Version);

    /// <summary>The book of a scope. One that becomes known late counts what was sent before.</summary>
    public LimitBook Book(string id, string? model)
    {
        if (!Books.TryGetValue(id, out LimitBook? book))
        {
            Books[id] = book = new LimitBook(id, model);
            if ((model is null ? Books[KeyBook] : Books.TryGetValue(PaceId(model), out LimitBook? pace) ? pace : null) is { } fuller && fuller != book)
            {
                CopyUse(fuller, book);
            }
        }

        return book;
    }

    /// <summary>The book of a model's own pace.</summary>
    public LimitBook Pace(string model)
    {
        string id = PaceId(model);
        if (!Books.TryGetValue(id, out LimitBook? book))
        {
            Books[id] = book = new LimitBook(id, model) { Adaptive = new AdaptiveSize() };
        }

        return book;
    }

    /// <summary>The books in which a request for a model counts; there can be more of them after each reply.</summary>
    public List<LimitBook> For(string model)
    {
        Pace(model);
        return [.. Books.Values.Where(book => book.Covers(model))];
    }

    public long? SmallestTokenLimit(string model) => For(model).Min(book => book.Tokens?.Value);

    public int InFlight(LimitBook book) => Places.Count(place => book.Covers(place.Model));

    /// <summary>How many may be in flight in a book; null when nothing limits it.</summary>
    public long? ParallelLimit(LimitBook book)
    {
        if (book.Adaptive is { } adaptive)
        {
            bool told = !adaptive.HadTrouble && Books.Values.Any(other => other.Parallel is not null && other.Covers(book.Model!));
            return told ? null : adaptive.Limit;
        }

        return book.Parallel is { } limit ? book.Slots.Limit(Math.Max(1, limit.Value)) : book.Slots.Size;
    }

    /// <summary>Forgets calls that have ended by themselves, and limits that only a rejection told of long ago.</summary>
    public void Sweep(TimeSpan now)
    {
        Places.RemoveAll(place => place.Until <= now);
        foreach (LimitBook book in Books.Values)
        {
            book.Slots.Turn(book.Parallel?.Value ?? long.MaxValue, now);
            book.Told.Forget(now);
        }
    }

    private static string PaceId(string model) => "calls to " + model;

    private void CopyUse(LimitBook from, LimitBook to)
    {
        to.Window.CopyFrom(from.Window);
        foreach (Place place in Places)
        {
            int index = place.Entries.FindIndex(entry => entry.Book == from.Id);
            if (index >= 0)
            {
                place.Entries.Add(place.Entries[index] with { Book = to.Id });
            }
        }
    }
}
