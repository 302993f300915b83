using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>One call as the scopes count it: in flight, or given up here while the server goes on with it.</summary>
internal sealed class Permit
{
    /// <summary>Unique among all processes that share the state: each begins at a random number. (A Guid for each costs a
    /// system call.)</summary>
    public long Id { get; init; }

    /// <summary>The process that it belongs to.</summary>
    public Guid Owner { get; init; }

    public string Model { get; init; } = "";

    public TimeSpan SentAt { get; init; }

    /// <summary>The estimate, until the reply tells better.</summary>
    public long Tokens { get; set; }

    /// <summary>Whether the headers of a good reply have come.</summary>
    public bool Answered { get; set; }

    /// <summary>When it ends by itself: a given-up call when the server has let go, a call of another process when that one
    /// has not been heard of.</summary>
    public TimeSpan Until { get; set; } = TimeSpan.MaxValue;

    /// <summary>Whether it was given up here.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>In which windows it counts.</summary>
    public List<WindowEntry> Entries { get; init; } = [];

    /// <summary>How it counts in a scope; null when it does not.</summary>
    public WindowEntry? EntryOf(LimitScope scope) => Entries.Find(entry => entry.Scope == scope.Id);

    /// <param name="Scope">The scope's id.</param>
    /// <param name="Window">The window's number.</param>
    /// <param name="Late">Whether the server may count it in the next one.</param>
    /// <param name="Ordinal">How many own requests there were in the window with it.</param>
    /// <param name="AnsweredBefore">How many of them had been answered when it was sent.</param>
    internal sealed record WindowEntry(string Scope, long Window, bool Late, long Ordinal, long AnsweredBefore);
}
