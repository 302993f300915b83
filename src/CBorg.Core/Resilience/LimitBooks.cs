using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>The books of one endpoint and key: one for each scope that the server names, one for the on-premises models. Not thread-safe.</summary>
internal sealed class LimitBooks
{
    // LiteLLM's header is x-ratelimit-<scope>-limit-<type>; without a scope it is the provider's and means nothing here.
    private const string Prefix = "x-ratelimit-";
    private const string LimitMark = "-limit-";
    private const string OnPrem = "lbl/";

    private readonly Dictionary<string, LimitBook> _books = new(StringComparer.Ordinal);
    private readonly LimitBook _key;

    public LimitBooks(int onPremParallel)
    {
        _key = Book("this key", _ => true);
        Book("lbl/*", model => model.StartsWith(OnPrem, StringComparison.OrdinalIgnoreCase)).MaxParallel = onPremParallel;
    }

    /// <summary>The books in which a request for a model counts; there can be more of them after each reply.</summary>
    public IReadOnlyList<LimitBook> For(string model) => [.. _books.Values.Where(book => book.Covers(model))];

    public void Learn(string model, ReplyHeaders headers)
    {
        foreach (KeyValuePair<string, string> header in headers.All)
        {
            int mark = header.Key.IndexOf(LimitMark, StringComparison.OrdinalIgnoreCase);
            if (mark > Prefix.Length && header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && headers.Number(header.Key) is { } limit)
            {
                string scope = header.Key.Substring(Prefix.Length, mark - Prefix.Length);
                Set(BookOf(scope, model), header.Key.Substring(mark + LimitMark.Length), limit);
            }
        }

        _key.RequestsPerMinute = headers.Number("x-litellm-key-rpm-limit") ?? _key.RequestsPerMinute;
        _key.TokensPerMinute = headers.Number("x-litellm-key-tpm-limit") ?? _key.TokensPerMinute;
    }

    public void Learn(string model, string scope, ErrorKind kind, long limit) => Set(
        BookOf(scope, model),
        kind switch { ErrorKind.RequestLimit => "requests", ErrorKind.TokenLimit => "tokens", ErrorKind.ParallelLimit => "max_parallel_requests", _ => "" },
        limit);

    private LimitBook BookOf(string scope, string model) => scope.ToLowerInvariant() switch
    {
        "api_key" => _key,
        "user" => Book("this user", _ => true),
        "team" => Book("this team", _ => true),
        { } name when name.StartsWith("model_per_", StringComparison.Ordinal) => Book($"{name} of {model}", other => other == model),
        { } name => Book(name, _ => true),
    };

    private static void Set(LimitBook book, string type, long limit)
    {
        switch (type.ToLowerInvariant())
        {
            case "requests":
                book.RequestsPerMinute = limit;
                break;
            case "tokens":
                book.TokensPerMinute = limit;
                break;
            case "max_parallel_requests":
                book.MaxParallel = limit;
                break;
        }
    }

    /// <summary>A scope that becomes known late still counts what was sent before: the key's book has it all.</summary>
    private LimitBook Book(string name, Func<string, bool> covers)
    {
        if (!_books.TryGetValue(name, out LimitBook? book))
        {
            _books[name] = book = new LimitBook(name, covers);
            foreach (Booking booking in _key?.Sent.Where(booking => covers(booking.Model)) ?? [])
            {
                book.Enter(booking);
            }
        }

        return book;
    }
}
