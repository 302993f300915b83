using System;

namespace CBorg;

/// <summary>A stream broke after text had arrived. The call is not repeated: what arrived may have been shown, and is paid.</summary>
public sealed class CBorgStreamException : CBorgException
{
    /// <summary>A broken stream.</summary>
    public CBorgStreamException(string message, ChatResult partial, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(ErrorKind.StreamInterrupted, message, advice, facts, inner)
    {
        Partial = partial;
    }

    /// <summary>What arrived, with the usage so far when the proxy told it.</summary>
    public ChatResult Partial { get; }

    /// <summary>The text that arrived.</summary>
    public string PartialText => Partial.Text;
}
