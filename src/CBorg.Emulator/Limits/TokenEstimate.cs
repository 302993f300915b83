using System;
using System.Linq;

namespace CBorg.Emulator.Limits;

/// <summary>What the newest generation reserves for a call before it knows better.</summary>
internal static class TokenEstimate
{
    private const int CharactersPerToken = 4;
    private const int MostForAnOpenAnswer = 1024;

    public static int Of(LimitRequest request)
    {
        var prompt = request.Characters / CharactersPerToken;
        return request switch
        {
            { Answers: false } => prompt,
            { MaxTokens: { } most } => prompt + (most * request.Choices),
            _ => prompt + Math.Max(prompt, Math.Min(MostForAnOpenAnswer, CapOf(request))),
        };
    }

    /// <summary>A quarter of the smallest limit: what an open answer may have.</summary>
    private static int CapOf(LimitRequest request) => (request.Scopes.Min(scope => scope.Tokens) ?? 0) / 4;
}
