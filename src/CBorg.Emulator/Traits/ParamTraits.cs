namespace CBorg.Emulator.Traits;

/// <summary>What a generation adds to supported_openai_params.</summary>
internal sealed record ParamTraits
{
    public required string[] OpenAI { get; init; }

    public required string[] Hosted { get; init; }

    public string[] Anthropic { get; init; } = [];

    /// <summary>reasoning_effort is passed to models that do not reason, too.</summary>
    public bool EffortEverywhere { get; init; }
}
