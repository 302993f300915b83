using System;

namespace CBorg.Core.Limits;

/// <summary>
/// How much a process takes ahead while it has the state for itself: as much as it needs between two writes, and never more
/// than a part of what a window has left. So a process that is killed takes
/// little from those that come after it.
/// </summary>
internal sealed class LeaseBatch
{
    private const long First = 4;
    private const long Largest = 1024;

    // Of what is left of a window.
    private const long Part = 4;

    // What a process may need until it writes again.
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.5);

    private long _size = First;

    /// <summary>Learns from what was granted under the last lease.</summary>
    /// <param name="granted">Requests; null when there was no lease.</param>
    /// <param name="after">How long that took.</param>
    public void Used(long? granted, TimeSpan after)
    {
        if (granted >= _size / 2 && after < s_interval)
        {
            _size = Math.Min(_size * 2, Largest);
        }
        else if (granted < _size / 8)
        {
            _size = Math.Max(_size / 2, First);
        }
    }

    /// <summary>The lease of a process that has the state from now on.</summary>
    public StateLease Take(LimitState state, Guid owner, TimeSpan now, TimeSpan length)
    {
        long requests = _size;
        long tokens = long.MaxValue;
        foreach (LimitScope scope in state.Scopes.Values)
        {
            scope.Window.Advance(now);
            requests = scope.Server.Requests is { } limit
                ? Math.Min(requests, PartOf(limit.Value - scope.Window.Requests))
                : requests;
            tokens = scope.Server.Tokens is { } most ? Math.Min(tokens, PartOf(most.Value - scope.Window.Tokens)) : tokens;
        }

        return new StateLease(owner, now, now + length, requests, tokens);
    }

    private static long PartOf(long left) => Math.Max(1, left / Part);
}
