namespace CBorg.Emulator.Traits;

internal sealed record ReplyTraits
{
    /// <summary>model is the provider's; later the one asked for.</summary>
    public bool ShowsProviderModel { get; init; }

    /// <summary>message.content is left out when null.</summary>
    public bool DropsNullContent { get; init; }

    public bool DropsEmptyLists { get; init; }

    /// <summary>Each choice has provider_specific_fields.</summary>
    public bool ChoiceHasProviderFields { get; init; }

    /// <summary>message.provider_specific_fields repeats reasoning_content.</summary>
    public bool ProviderFieldsRepeatReasoning { get; init; }

    /// <summary>message.provider_specific_fields has refusal, null too.</summary>
    public bool KeepsRefusal { get; init; }
}
