using System.Globalization;
using CBorg.Core.Limits;
using static System.FormattableString;

namespace CBorg.Core.Chat;

/// <summary>
/// Where the server cuts replies that ask for no length: with a small limit of tokens a minute at a quarter of it (LiteLLM's
/// <c>_apply_implicit_output_cap</c>). The same is sent with the request, so that a user can be told.
/// </summary>
internal sealed class ReplyCap
{
    private readonly RateLimiter _limiter;
    private readonly string _model;
    private readonly bool _isChosen;
    private readonly long? _sent;

    /// <param name="limiter">Knows the limits.</param>
    /// <param name="model">Whom the request asks.</param>
    /// <param name="body">The request, which is given the length where it has none.</param>
    public ReplyCap(RateLimiter limiter, string model, ChatBody body)
    {
        (_limiter, _model) = (limiter, model);
        _isChosen = body.HasMaxTokens;
        _sent = Known();
        body.Cap = _sent;
    }

    /// <summary>What to tell before the request goes out. Null: nothing.</summary>
    public string? Note =>
        _sent is null
            ? null
            : Invariant(
                $"With a limit of less than {LimitSnapshots.CapBelow} tokens a minute the server cuts replies of {_model} at {_sent} tokens "
            ) + Invariant($"(a quarter of the limit) unless told otherwise: max_tokens {_sent} was sent, as it would do.");

    /// <summary>Why an answer was cut.</summary>
    public string WhyCut(ChatResult result)
    {
        if ((_sent ?? Known()) is { } cap)
        {
            return Invariant($"The answer of {_model} was cut after {cap} tokens: a quarter of the limit of tokens a minute, ")
                + "which is what the server allows a reply that asks for no -MaxTokens. Give -MaxTokens to allow more.";
        }

        if (result.Text.Length == 0 && result.ReasoningTokens > 0)
        {
            return Invariant($"{_model} spent all {result.CompletionTokens} tokens thinking and wrote nothing. ")
                + "Raise -MaxTokens or lower -ReasoningEffort.";
        }

        string tokens = result.CompletionTokens?.ToString(CultureInfo.InvariantCulture) ?? "all its";
        return $"The answer of {_model} was cut after {tokens} tokens. Raise -MaxTokens for more.";
    }

    private long? Known() => _isChosen ? null : _limiter.ReplyCap(_model);
}
