using System;

namespace CBorg.Core.Resilience;

/// <summary>A sign by which a kind of failure is known.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Applies">Whether a reply shows it.</param>
internal sealed record FailureRule(ErrorKind Kind, Func<FailedReply, bool> Applies)
{
    /// <summary>Any of these words in the server's message.</summary>
    public static FailureRule Words(ErrorKind kind, params string[] words) => new(kind, reply => reply.Says(words));

    /// <summary>The server's own <c>error.type</c>.</summary>
    public static FailureRule Type(ErrorKind kind, string type) => new(kind, reply => reply.IsType(type));

    /// <summary>Any of these words in a message that LiteLLM passes on from a provider.</summary>
    public static FailureRule Provider(ErrorKind kind, params string[] words) => new(kind, reply => reply.IsProviders && reply.Says(words));

    /// <summary>Nothing but the status is left to go by.</summary>
    public static FailureRule Status(ErrorKind kind, int from, int? to = null) => new(kind, reply => reply.Status >= from && reply.Status <= (to ?? from));
}
