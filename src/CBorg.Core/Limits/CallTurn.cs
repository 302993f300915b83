using System;

namespace CBorg.Core.Limits;

/// <summary>A call's place in the line. It keeps it through all of its attempts, so that a rejected call goes before those that came later.</summary>
internal sealed class CallTurn
{
    /// <summary>Its number; 0 until it has first asked for a place.</summary>
    public long Number { get; set; }

    /// <summary>After a rejection: how long to wait before it asks again; zero when the queue itself holds it as long as needed, null when the books say nothing about it.</summary>
    public TimeSpan? Held { get; set; }
}
