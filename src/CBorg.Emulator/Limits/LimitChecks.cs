using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Emulator.Limits;

/// <summary>Whether a call has room in all of its scopes; the first that has none is named.</summary>
internal static class LimitChecks
{
    /// <summary>Counts the request everywhere, or nowhere when a scope has no room.</summary>
    public static LimitRejection? Requests(LimitRequest request, List<ScopeBook> books)
    {
        for (var i = 0; i < books.Count; i++)
        {
            var scope = request.Scopes[i];
            if (scope.Requests is { } limit && books[i].Window.Requests + scope.Weight > limit)
            {
                books[i].Window.Reject();
                return new LimitRejection(scope, "requests", limit, 0, IndexOf(request, i, 0));
            }
        }

        for (var i = 0; i < books.Count; i++)
        {
            books[i].Window.Requests += request.Scopes[i].Weight;
        }

        return null;
    }

    public static LimitRejection? Slots(LimitRequest request, List<ScopeBook> books)
    {
        for (var i = 0; i < books.Count; i++)
        {
            if (request.Scopes[i].Parallel is { } limit && books[i].InFlight >= limit)
            {
                return new LimitRejection(request.Scopes[i], "max_parallel_requests", limit, 0, IndexOf(request, i, 2));
            }
        }

        return null;
    }

    public static LimitRejection? Tokens(LimitRequest request, List<ScopeBook> books, int estimate)
    {
        for (var i = 0; i < books.Count; i++)
        {
            if (request.Scopes[i].Tokens is { } limit && request.CountsTokens && books[i].Window.Tokens + estimate > limit)
            {
                books[i].Window.Reject();
                return new LimitRejection(request.Scopes[i], "tokens", limit, Math.Max(0, limit - books[i].Window.Tokens), IndexOf(request, i, 1));
            }
        }

        return null;
    }

    /// <summary>The place of a limit among those of all scopes: requests, tokens, calls in flight of each.</summary>
    private static int IndexOf(LimitRequest request, int scope, int kind)
    {
        var before = request.Scopes.Take(scope).Sum(s => Has(s.Requests) + Has(s.Tokens) + Has(s.Parallel));
        var own = request.Scopes[scope];
        return before + (kind > 0 ? Has(own.Requests) : 0) + (kind > 1 ? Has(own.Tokens) : 0);
    }

    private static int Has(int? limit) => limit is null ? 0 : 1;
}
