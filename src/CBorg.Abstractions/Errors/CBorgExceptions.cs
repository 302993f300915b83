using System;

namespace CBorg;

// What scripts catch, by the part of the call that failed. Each adds nothing to CBorgException but its name.

/// <summary>The key is missing, unknown, expired, blocked, or may not do this.</summary>
public sealed class CBorgAuthenticationException(
    ErrorKind kind,
    string message,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(kind, message, advice, facts, inner);

/// <summary>A budget is used up. Trying again does not help before it starts anew.</summary>
public sealed class CBorgBudgetException(
    ErrorKind kind,
    string message,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(kind, message, advice, facts, inner);

/// <summary>There was no connection, or it broke before an answer.</summary>
public sealed class CBorgConnectionException(
    ErrorKind kind,
    string message,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(kind, message, advice, facts, inner);

/// <summary>The answer cannot be read.</summary>
public sealed class CBorgProtocolException(
    ErrorKind kind,
    string message,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(kind, message, advice, facts, inner);

/// <summary>A limit was hit, and waiting did not help or would take too long.</summary>
public sealed class CBorgRateLimitException(
    ErrorKind kind,
    string message,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(kind, message, advice, facts, inner);

/// <summary>The request cannot succeed as it is: model, parameter, size or content.</summary>
public sealed class CBorgRequestException(
    ErrorKind kind,
    string message,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(kind, message, advice, facts, inner);

/// <summary>The provider, the proxy or the edge failed.</summary>
public sealed class CBorgServiceException(
    ErrorKind kind,
    string message,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(kind, message, advice, facts, inner);

/// <summary>Something took too long.</summary>
public sealed class CBorgTimeoutException(
    ErrorKind kind,
    string message,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(kind, message, advice, facts, inner);

/// <summary>
/// A stream broke after text had arrived. The call is not repeated: what arrived may have been shown, and is paid.
/// </summary>
/// <param name="message">What happened.</param>
/// <param name="partial">What arrived.</param>
/// <param name="advice">What to do next.</param>
/// <param name="facts">What the server said.</param>
/// <param name="inner">Why it broke.</param>
public sealed class CBorgStreamException(
    string message,
    ChatResult partial,
    string? advice = null,
    ErrorFacts? facts = null,
    Exception? inner = null
) : CBorgException(ErrorKind.StreamInterrupted, message, advice, facts, inner)
{
    /// <summary>What arrived, with the usage so far when the proxy told it.</summary>
    public ChatResult Partial => partial;

    /// <summary>The text that arrived.</summary>
    public string PartialText => Partial.Text;
}
