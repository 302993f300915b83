using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>What the account tells: <c>/key/info</c>, <c>/user/info</c>, <c>/team/info</c>.</summary>
internal sealed class AccountLesson(LimitState state, TimeSpan now)
{
    public void Take(Account account)
    {
        state.Known = true;
        state.BudgetSpent |= account.IsSpent;
        Learn(state.Key, account.Key);
        foreach (KeyValuePair<string, AccountLimits> scope in account.Scopes)
        {
            Learn(state.Book(scope.Key, null), scope.Value);
        }

        foreach (KeyValuePair<string, AccountLimits> model in account.Models)
        {
            Learn(state.Book("model " + model.Key, model.Key), model.Value);
        }
    }

    private void Learn(LimitBook book, AccountLimits limits)
    {
        Learn(book, RateLimitType.Requests, limits.Requests);
        Learn(book, RateLimitType.Tokens, limits.Tokens);
        Learn(book, RateLimitType.Parallel, limits.Parallel);
    }

    private void Learn(LimitBook book, RateLimitType type, long? limit)
    {
        if (limit is { } value)
        {
            book.Told.Learn(type, new LimitValue(value, RateLimitOrigin.AccountInfo, now));
        }
    }
}
