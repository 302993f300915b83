using System;

namespace CBorg.Core.Limits;

/// <summary>What becomes of a permit when its call has ended here. The server goes on with many a call that was given up,
/// and holds its permit as long (docs/reliability.md, "Calls given up").</summary>
internal sealed class PermitRelease(LimitState state, TimeSpan now)
{
    private static readonly TimeSpan s_slowGiveBack = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_cutStream = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_unknownLength = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    /// <param name="permit">The call's.</param>
    /// <param name="taken">What its answer took; null when it was not told, so that the estimate stands.</param>
    /// <param name="succeeded">Whether it got a good reply.</param>
    /// <param name="end">How it ended.</param>
    public void Take(Permit permit, TokensUsed? taken, bool succeeded, CallEnd end)
    {
        Settle(permit, taken?.Counted(state.Rules) ?? (succeeded || end != CallEnd.Read ? permit.Tokens : 0));
        if (succeeded)
        {
            Succeeded(permit);
        }

        if (StaysUntil(permit, end) is { } until && until > now)
        {
            (permit.IsAbandoned, permit.Until) = (true, until);
        }
        else
        {
            state.Permits.Remove(permit);
        }
    }

    private void Settle(Permit permit, long tokens)
    {
        foreach (Permit.WindowEntry entry in permit.Entries)
        {
            if (state.Scopes.TryGetValue(entry.Scope, out LimitScope? scope))
            {
                scope.Window.Correct(entry, tokens - permit.Tokens);
            }
        }

        permit.Tokens = tokens;
    }

    private void Succeeded(Permit permit)
    {
        state.BudgetSpent = false;
        LimitScope pace = state.Pace(permit.Model);
        pace.Adaptive!.Succeeded(state.InFlight(pace));
        double took = (now - permit.SentAt).TotalSeconds;
        state.TypicalSeconds = state.TypicalSeconds == 0 ? took : (state.TypicalSeconds * 0.8) + (took * 0.2);
    }

    private TimeSpan? StaysUntil(Permit permit, CallEnd end)
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
        TimeSpan typical =
            state.TypicalSeconds > 0
                ? TimeSpan.FromSeconds(Math.Min(state.TypicalSeconds * 1.5, s_longest.TotalSeconds))
                : s_unknownLength;
        TimeSpan until = permit.SentAt + typical;
        return until < now + s_cutStream ? now + s_cutStream : until;
    }
}
