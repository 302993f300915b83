namespace CBorg.Core.Tests.Faults;

/// <summary>How a call ought to go when something goes wrong.</summary>
internal enum Course
{
    /// <summary>The first request brings the answer.</summary>
    Answer,

    /// <summary>The request is sent again: an answer when the fault is over, else the failure after all attempts.</summary>
    Again,

    /// <summary>As <see cref="Again"/>, but the limiter's queue holds the call, which uses up no attempt.</summary>
    Queue,

    /// <summary>It fails at once.</summary>
    Fails,

    /// <summary>It fails at once as StreamInterrupted, and what had arrived is kept.</summary>
    Partial,
}
