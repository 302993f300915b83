using System;
using System.Collections.Generic;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>The books of one endpoint and key: one for each scope that the server names, one for the on-premises models. Not thread-safe.</summary>
internal sealed class LimitBooks(int onPremParallel)
{
    // LiteLLM's header is x-ratelimit-<scope>-limit-<type>; without a scope it is the provider's and means nothing here.
    private const string Prefix = "x-ratelimit-";
    private const string LimitMark = "-limit-";

    private readonly Dictionary<string, LimitBook> _books = new(StringComparer.Ordinal);

    public IReadOnlyList<LimitBook> For(string model)
    {
        List<LimitBook> books = [Book("this key")];
        if (model.StartsWith("lbl/", StringComparison.OrdinalIgnoreCase))
        {
            LimitBook onPrem = Book("lbl/*");
            onPrem.MaxParallel ??= onPremParallel;
            books.Add(onPrem);
        }

        foreach (LimitBook book in _books.Values)
        {
            if (book.Name.EndsWith($" of {model}", StringComparison.Ordinal) || (IsShared(book.Name) && !books.Contains(book)))
            {
                books.Add(book);
            }
        }

        return books;
    }

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

        LimitBook key = Book("this key");
        key.RequestsPerMinute = headers.Number("x-litellm-key-rpm-limit") ?? key.RequestsPerMinute;
        key.TokensPerMinute = headers.Number("x-litellm-key-tpm-limit") ?? key.TokensPerMinute;
    }

    public void Learn(string model, string scope, ErrorKind kind, long limit) => Set(
        BookOf(scope, model),
        kind switch { ErrorKind.RequestLimit => "requests", ErrorKind.TokenLimit => "tokens", ErrorKind.ParallelLimit => "max_parallel_requests", _ => "" },
        limit);

    private LimitBook BookOf(string scope, string model) => scope switch
    {
        "api_key" => Book("this key"),
        "user" => Book("this user"),
        "team" => Book("this team"),
        _ when scope.StartsWith("model_per_", StringComparison.Ordinal) => Book($"{scope} of {model}"),
        _ => Book(scope),
    };

    private static bool IsShared(string name) => !name.Contains(" of ", StringComparison.Ordinal) && name != "lbl/*";

    private static void Set(LimitBook book, string type, long limit)
    {
        switch (type)
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

    private LimitBook Book(string name) => _books.TryGetValue(name, out LimitBook? book) ? book : _books[name] = new LimitBook(name);
}
