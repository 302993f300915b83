using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CBorg.Core.Limits;

/// <summary>Reads the words of LiteLLM's limiter: <c>Limit type: tokens. Current limit: 1000, Remaining: 1000</c>.</summary>
internal static class LimitTexts
{
    private static readonly Regex s_figures = new(
        @"Current limit: (?<limit>\d+), Remaining: (?<left>-?\d+)",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex s_scope = new(@"Rate limit exceeded for (?<scope>\w+):", RegexOptions.CultureInvariant);

    /// <returns>Null when LiteLLM's limiter was not the cause.</returns>
    public static RateLimitRejection? Read(string? limitType, string message) =>
        limitType is null && !IsLimiters(message)
            ? null
            : new RateLimitRejection
            {
                Scope = Scope(message),
                Limit = Current(message),
                Remaining = Left(message),
            };

    /// <summary>Whose limit it was: <c>api_key</c>, <c>user</c>, <c>team</c>, <c>model_per_key</c> ... Null when the text
    /// does not say.</summary>
    public static string? Scope(string? message) =>
        s_scope.Match(message ?? "") is { Success: true } match ? match.Groups["scope"].Value : null;

    /// <summary>A rejection although nothing is used: the request alone is larger than the whole limit and will never
    /// pass.</summary>
    public static bool NeverFits(string? message) =>
        s_figures.Match(message ?? "") is { Success: true } figures
        && figures.Groups["limit"].Value == figures.Groups["left"].Value;

    /// <summary>Whether LiteLLM's limiter speaks; a 429 can also come from a provider, from what stands in between, or from
    /// its older limiter, which says itself how long to wait.</summary>
    public static bool IsLimiters(string message) => message.IndexOf("Rate limit exceeded for ", StringComparison.Ordinal) >= 0;

    public static long? Current(string? message) => Number(message, "limit");

    /// <summary>What is left of the limit; below 0 where LiteLLM says so.</summary>
    public static long? Left(string? message) => Number(message, "left");

    private static long? Number(string? message, string group) =>
        s_figures.Match(message ?? "") is { Success: true } figures
        && long.TryParse(
            figures.Groups[group].Value,
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out long number
        )
            ? number
            : null;
}
