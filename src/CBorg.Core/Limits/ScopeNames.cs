using System;

namespace CBorg.Core.Limits;

/// <summary>LiteLLM's names of scopes, and the scopes that stand for them.</summary>
internal static class ScopeNames
{
    /// <param name="state">The scopes.</param>
    /// <param name="scope"><c>api_key</c>, <c>user</c>, <c>team</c>, <c>model_per_key</c> ...</param>
    /// <param name="model">The model of the call that told of it.</param>
    public static LimitScope Of(LimitState state, string scope, string model)
    {
        string name = scope.ToLowerInvariant();
        return name switch
        {
            "api_key" => state.Key,
            "model_per_key" => state.Scope("model " + model, model),
            _ when name.StartsWith("model_per_", StringComparison.Ordinal) => state.Scope(
                $"{name.Substring(10)}'s model {model}",
                model
            ),
            _ => state.Scope(name.Replace('_', ' '), null),
        };
    }

    public static RateLimitType? Type(string name) =>
        name.ToLowerInvariant() switch
        {
            "requests" => RateLimitType.Requests,
            "tokens" => RateLimitType.Tokens,
            "max_parallel_requests" => RateLimitType.Parallel,
            _ => null,
        };
}
