namespace CBorg.Emulator.Traits;

/// <summary>How far the cost is split in headers.</summary>
internal enum CostHeaders
{
    None,
    Margins,
    Parts,
}

internal enum EmbeddingErrorHeaders
{
    None,
    WithoutCallId,
    Full,
}

internal sealed record HeaderTraits
{
    public CostHeaders CostSplit { get; set; }

    public bool ModelName { get; set; }

    public bool CallbackDuration { get; set; }

    /// <summary>Streams have the headers of plain replies: durations, model group, the provider's own.</summary>
    public bool StreamsLikePlain { get; set; }

    /// <summary>Errors of a chosen deployment name it.</summary>
    public bool ModelIdOnErrors { get; set; }

    /// <summary>/v1/messages tells the version and the key's spend only, and nothing on errors.</summary>
    public bool MessagesAreBare { get; set; } = true;

    public bool LimitsOnEmbeddings { get; set; }

    public EmbeddingErrorHeaders EmbeddingErrors { get; set; }

    public bool DurationOnHostedEmbeddings { get; set; }

    /// <summary>x-litellm-key-spend follows a row that is kept for a minute; before that each call raises it.</summary>
    public bool KeySpendStands { get; set; }

    /// <summary>A limiter's 429 has reset_at.</summary>
    public bool ResetAt { get; set; }

    /// <summary>x-frame-options and its like.</summary>
    public bool Security { get; set; }

    /// <summary>Cross-origin requests are welcome from anywhere, without credentials.</summary>
    public bool AnyOrigin { get; set; }
}

internal sealed record ReplyTraits
{
    /// <summary>model is the provider's, in streams too; later the one asked for.</summary>
    public bool ShowsProviderModel { get; set; } = true;

    /// <summary>message.content is left out when null.</summary>
    public bool DropsNullContent { get; set; } = true;

    /// <summary>/v1/messages asks OpenAI's providers for responses, not for a chat.</summary>
    public bool MessagesAskForResponses { get; set; }

    public bool DropsEmptyLists { get; set; }

    /// <summary>Each choice has provider_specific_fields.</summary>
    public bool ChoiceHasProviderFields { get; set; } = true;

    /// <summary>message.provider_specific_fields repeats reasoning_content.</summary>
    public bool ProviderFieldsRepeatReasoning { get; set; }

    /// <summary>message.provider_specific_fields has refusal, null too.</summary>
    public bool KeepsRefusal { get; set; }
}

internal sealed record StreamTraits
{
    /// <summary>The provider's opening chunk, a role without text, is passed on.</summary>
    public bool RoleChunkFirst { get; set; }

    public bool HostedHasNoFingerprint { get; set; }

    /// <summary>Usage of hosted_vllm streams is the proxy's own count, and an empty chunk follows it.</summary>
    public bool HostedUsageIsCounted { get; set; }

    /// <summary>A provider's broken line is an error; before that it looks like an end.</summary>
    public bool BreaksAreErrors { get; set; }

    /// <summary>A provider that falls silent in mid-stream is a timeout; else a lost connection.</summary>
    public bool SilenceIsTimeout { get; set; }

    /// <summary>An error before the first chunk is an event in a reply with the error's status.</summary>
    public bool ErrorBeforeFirstChunkIsEvent { get; set; } = true;

    /// <summary>The provider's stream is left when the client leaves; before that it is read, and billed, to its end.</summary>
    public bool StopsWithClient { get; set; }

    /// <summary>The provider is asked for usage whether the client wants it or not.</summary>
    public bool AsksForUsage { get; set; }

    public bool UsageHasCost { get; set; }

    public bool CountsNoReasoningBesideTools { get; set; }
}
