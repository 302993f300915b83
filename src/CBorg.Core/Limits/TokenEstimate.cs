using System;

namespace CBorg.Core.Limits;

/// <summary>What a call will take of the tokens a minute, as LiteLLM estimates it: a token for four characters of the
/// messages, and the longest answer.</summary>
/// <param name="Characters">Of the messages, or of the texts to embed.</param>
/// <param name="MaxTokens">The longest answer asked for; null when none was.</param>
/// <param name="Choices">Answers asked for.</param>
/// <param name="Answers">Whether there is an answer of tokens at all; vectors are none.</param>
internal readonly record struct TokenEstimate(long Characters, long? MaxTokens = null, long Choices = 1, bool Answers = true)
{
    private const int CharactersPerToken = 4;
    private const int LongestGuess = 1024;

    /// <param name="rules">The server's.</param>
    /// <param name="smallest">The smallest limit of tokens that applies; null when there is none.</param>
    public long For(ServerRules rules, long? smallest)
    {
        long prompt = Characters / CharactersPerToken;
        long answer = !Answers
            ? 0
            : MaxTokens * Math.Max(1, Choices) ?? Math.Max(prompt, Math.Min(LongestGuess, (smallest ?? (LongestGuess * 4)) / 4));
        return rules.CountsCompletionOnly ? answer : prompt + answer;
    }
}
