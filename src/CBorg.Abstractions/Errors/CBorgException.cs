using System;

namespace CBorg;

/// <summary>
/// Anything that goes wrong between here and an answer. <see cref="Exception.Message"/> says what happened, <see
/// cref="Advice"/> what to do next.
/// </summary>
public class CBorgException : Exception
{
    /// <summary>A failure of a kind.</summary>
    public CBorgException(
        ErrorKind kind,
        string message,
        string? advice = null,
        ErrorFacts? facts = null,
        Exception? inner = null
    )
        : base(VisibleText.Of(message), inner)
    {
        Kind = kind;
        Advice = advice is null ? null : VisibleText.Of(advice);
        Facts = facts ?? new ErrorFacts();
    }

    /// <summary>What went wrong.</summary>
    public ErrorKind Kind { get; }

    /// <summary>Who has to do something about it. Of a broken stream: whoever broke it.</summary>
    public Fault Fault => Kind == ErrorKind.StreamInterrupted && InnerException is CBorgException cause ? cause.Fault : Row.Fault;

    /// <summary>What it stops: everything that could only fail of the same.</summary>
    public FailureScope Stops => Facts.Stops ?? Row.Stops;

    /// <summary>What to do next. Null when there is nothing to say.</summary>
    public string? Advice { get; }

    /// <summary>What the server said.</summary>
    public ErrorFacts Facts { get; }

    /// <summary>The HTTP status; null when there was no reply.</summary>
    public int? StatusCode => Facts.StatusCode;

    /// <summary>The call's id; null when the server did not send one.</summary>
    public string? CallId => Facts.CallId;

    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter => Facts.RetryAfter;

    /// <summary>When it makes sense to come back, in local time; null when nobody knows.</summary>
    public DateTimeOffset? RetryAt => Facts.RetryAt;

    /// <summary>How many requests were sent.</summary>
    public int Attempts => Facts.Attempts;

    /// <summary>Whether sending the request again can help.</summary>
    internal bool IsRetryable => Row.IsRetryable(Facts);

    /// <summary>What is known of its kind.</summary>
    internal ErrorRow Row => ErrorTable.Of(Kind);
}
