namespace CBorg;

/// <summary>What a call would cost, before it is made. USD; null when a price is unknown.</summary>
public sealed class CostEstimate
{
    /// <summary>The model asked about.</summary>
    public string Model { get; init; } = "";

    /// <summary>Tokens of the question.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Who counted: <c>Server</c> (its tokenizer) or <c>Local</c> (characters / 4, rounded up, plus 4 a message: a
    /// rough estimate).</summary>
    public string TokenSource { get; init; } = "";

    /// <summary>The longest answer reckoned with: <c>-MaxTokens</c>, else the model's own limit. Null when neither is
    /// known.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>The question alone: an empty answer.</summary>
    public decimal? LowCost { get; init; }

    /// <summary>The question and the longest answer. Null when the longest answer is not known.</summary>
    public decimal? HighCost { get; init; }

    /// <summary>Where the cost comes from: <c>ListPrice</c>, <c>Free</c>, <c>Unknown</c>, or the server route that
    /// answered.</summary>
    public string Source { get; init; } = "";
}
