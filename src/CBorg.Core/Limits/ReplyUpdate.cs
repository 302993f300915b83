using System;
using System.Collections.Generic;
using CBorg.Core.Http;

namespace CBorg.Core.Limits;

/// <summary>What the headers of a reply tell: limits of every scope, how much of them is left, when a window began.</summary>
internal sealed class ReplyUpdate(LimitState state, ReplyHeaders headers, TimeSpan now)
{
    // LiteLLM's header is x-ratelimit-<scope>-limit-<type>; without a scope it is the provider's and means nothing here.
    private const string Prefix = "x-ratelimit-";
    private const string LimitMark = "-limit-";
    private const string LeftMark = "-remaining-";

    /// <param name="permit">The call. Null when it is not in the scopes any more.</param>
    /// <param name="model">Its model.</param>
    /// <param name="success">Whether the status says so.</param>
    public void Take(Permit? permit, string model, bool success)
    {
        state.Version = headers.Version ?? state.Version;
        TakeKeyLimits();
        TakeScopes(
            model,
            LimitMark,
            (scope, type, value) => scope.Server.Learn(type, new LimitValue(value, RateLimitOrigin.ReplyHeader, now))
        );
        if (success && permit is { Answered: false })
        {
            permit.Answered = true;
            Answered(permit);
            TakeScopes(model, LeftMark, (scope, type, value) => Left(scope, type, value, permit));
        }
    }

    private void TakeKeyLimits()
    {
        Learn(RateLimitType.Requests, headers.Number("x-litellm-key-rpm-limit"));
        Learn(RateLimitType.Tokens, headers.Number("x-litellm-key-tpm-limit"));

        void Learn(RateLimitType type, long? value)
        {
            if (value is { } limit)
            {
                state.Key.Server.Learn(type, new LimitValue(limit, RateLimitOrigin.KeyHeader, now));
            }
        }
    }

    private void TakeScopes(string model, string mark, Action<LimitScope, RateLimitType, long> take)
    {
        foreach (KeyValuePair<string, string> header in headers.All)
        {
            if (!header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            int at = header.Key.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (
                at > Prefix.Length
                && ScopeNames.Type(header.Key.Substring(at + mark.Length)) is { } type
                && headers.Number(header.Key) is { } value
            )
            {
                take(ScopeNames.Of(state, header.Key.Substring(Prefix.Length, at - Prefix.Length), model), type, value);
            }
        }
    }

    /// <summary>It got in: whatever was held to find that out is over.</summary>
    private void Answered(Permit permit)
    {
        for (int i = 0; i < permit.Entries.Count; i++)
        {
            Permit.WindowEntry entry = permit.Entries[i];
            if (!state.Scopes.TryGetValue(entry.Scope, out LimitScope? scope))
            {
                continue;
            }

            if (scope.FailedProbes > 0 && permit.SentAt >= scope.BlockedUntil)
            {
                // The first to pass after rejections opened the window, between the last of them and now.
                scope.Window.Reopen(scope.BlockedUntil, permit.SentAt, 1, permit.Tokens);
                permit.Entries[i] = entry with { Window = scope.Window.Number, Late = false, Ordinal = 1, AnsweredBefore = 0 };
                (scope.FailedProbes, scope.BlockedUntil) = (0, TimeSpan.Zero);
            }
            else if (scope.Window.Number == entry.Window)
            {
                scope.Window.Answered++;
            }

            scope.ProbeId = scope.ProbeId == permit.Id ? null : scope.ProbeId;
            scope.Backoff.Answered(scope.Server.Parallel?.Value ?? 0);
        }
    }

    private void Left(LimitScope scope, RateLimitType type, long left, Permit permit)
    {
        int index = permit.Entries.FindIndex(entry => entry.Scope == scope.Id);
        if (index >= 0 && permit.Entries[index] is var entry && entry.Window == scope.Window.Number && scope.Window.IsOpen)
        {
            if (type == RateLimitType.Requests && scope.Server.Requests is { } limit)
            {
                Requests(scope.Window, limit.Value - left, permit, index);
            }
            else if (type == RateLimitType.Tokens && scope.Server.Tokens is { } tokens)
            {
                // Both sides estimate; what differs by less than this call is no third party.
                long others = tokens.Value - left - scope.Window.Own.Tokens - permit.Tokens;
                scope.Window.Others.Tokens = Math.Max(scope.Window.Others.Tokens, others);
            }
        }
    }

    private static void Requests(Window window, long used, Permit permit, int index)
    {
        Permit.WindowEntry entry = permit.Entries[index];
        if (used > 0 && used <= entry.AnsweredBefore)
        {
            // Fewer than had been answered before it was sent: a new window has begun meanwhile.
            long since = window.Own.Requests - entry.Ordinal;
            window.Reopen(used == 1 ? permit.SentAt : window.OpenedFrom, permit.SentAt, used + since, permit.Tokens);
            permit.Entries[index] = entry with { Window = window.Number, Late = false, Ordinal = used, AnsweredBefore = 0 };
        }
        else
        {
            window.Others.Requests = Math.Max(window.Others.Requests, used - window.Own.Requests);
            if (used == 1)
            {
                (window.OpenedFrom, window.OpenedBy, window.Certain) = (permit.SentAt, permit.SentAt, true);
            }
        }
    }
}
