using System;

namespace CBorg;

/// <summary>Something worth telling while a call is under way: what is waited for, what is tried again.</summary>
public sealed class CallEvent
{
    /// <summary>What it is about.</summary>
    public CallEventKind Kind { get; init; }

    /// <summary>For people, without any secret.</summary>
    public string Message { get; init; } = "";

    /// <summary>How long will be waited. Null when it is not about waiting, or nobody knows.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The request's number within the call, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>
    /// What the call was and what became of it. On the event of kind <see cref="CallEventKind.Completed"/> only; null before.
    /// </summary>
    public CallRecord? Record { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
