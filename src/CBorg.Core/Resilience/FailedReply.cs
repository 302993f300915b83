using System;
using System.Linq;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>What a failed reply shows, in the terms in which <see cref="FailureRules"/> ask.</summary>
internal sealed record FailedReply(int Status, ReplyHeaders Headers, ErrorBody Body)
{
    /// <summary>
    /// Cloudflare's error number, 0 for a body of Cloudflare's without one; null when the body is not Cloudflare's.
    /// </summary>
    public int? Edge => Body.EdgeCode;

    /// <summary>A web page where an API answers: something between here and the proxy speaks.</summary>
    public bool IsPage => Body.IsText && Headers.CfRay is not null && !Headers.PastAuth && Body.Message.Length > 40;

    /// <summary>Whether LiteLLM passes on what a provider said: its own exception's name is in the text.</summary>
    public bool IsProviders => Says("litellm.", "Exception - ") || Body.Message.StartsWith("b'", StringComparison.Ordinal);

    /// <summary>
    /// Whether trying again can help, as far as the reply says so. LiteLLM will not know an unmapped model at the next try
    /// either.
    /// </summary>
    public bool? SaysRetryable =>
        bool.TryParse(Headers["x-should-retry"], out bool should)
            ? should
            : Body.EdgeRetryable ?? (Says("isn't mapped yet") ? false : null);

    public bool Says(params string[] words) => words.Any(word => Body.Message.IndexOf(word, StringComparison.Ordinal) >= 0);

    public bool IsType(string type) => Body.Type == type;

    /// <summary>Whether the server's <c>error.type</c> is one of several that end alike: of a key, a team, a user ...</summary>
    public bool IsTypeOf(string end) => Body.Type?.EndsWith(end, StringComparison.Ordinal) == true;

    public bool Limits(string type) => Headers["rate_limit_type"] == type;
}
