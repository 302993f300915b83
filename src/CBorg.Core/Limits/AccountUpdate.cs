using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>What the account tells: <c>/key/info</c>, <c>/user/info</c>, <c>/team/info</c>.</summary>
internal sealed class AccountUpdate(LimitState state, TimeSpan now)
{
    public void Take(AccountLimits account)
    {
        state.Known = true;
        state.BudgetSpent |= account.IsSpent;
        Learn(state.Key, account.Key);
        foreach (KeyValuePair<string, ScopeLimits> scope in account.Scopes)
        {
            Learn(state.Scope(scope.Key, null), scope.Value);
        }

        foreach (KeyValuePair<string, ScopeLimits> model in account.Models)
        {
            Learn(state.Scope("model " + model.Key, model.Key), model.Value);
        }
    }

    private void Learn(LimitScope scope, ScopeLimits limits)
    {
        Learn(scope, RateLimitType.Requests, limits.Requests);
        Learn(scope, RateLimitType.Tokens, limits.Tokens);
        Learn(scope, RateLimitType.Parallel, limits.Parallel);
    }

    private void Learn(LimitScope scope, RateLimitType type, long? limit)
    {
        if (limit is { } value)
        {
            scope.Server.Learn(type, new LimitValue(value, RateLimitOrigin.AccountInfo, now));
        }
    }
}
