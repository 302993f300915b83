namespace CBorg.Module.Tests.Engine;

/// <summary>What a call is doing when it is ended.</summary>
public enum StopState
{
    /// <summary>The name of the service is looked up, and no answer comes.</summary>
    Resolving,

    /// <summary>The address does not answer.</summary>
    Connecting,

    /// <summary>The request is out, the reply has not begun.</summary>
    Headers,

    /// <summary>The answer streams without end.</summary>
    MidStream,

    /// <summary>The answer has begun and says nothing more: a stream of a chat, the body of an embedding.</summary>
    Stalled,

    /// <summary>It was refused with 503 and waits to try again.</summary>
    BackOff,

    /// <summary>The only place is taken by another call, which the limiter let in first.</summary>
    Limiter,

    /// <summary>A command further down takes its time with what was written: an answer streams on against it, or many
    /// vectors wait behind it.</summary>
    SlowDownstream,
}
