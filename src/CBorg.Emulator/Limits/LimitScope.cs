namespace CBorg.Emulator.Limits;

/// <summary>Whose limits apply to a call: api_key, user, team, model_per_key ... and which.</summary>
internal sealed record LimitScope(string Name, string Value, int? Requests, int? Tokens, int? Parallel)
{
    /// <summary>How often one call counts.</summary>
    public int Weight { get; init; } = 1;

    public string Id => $"{Name}:{Value}";
}
