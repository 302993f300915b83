namespace CBorg.Emulator.Chat;

/// <summary>The route that a client calls.</summary>
internal enum LlmRouteKind
{
    Chat,
    Embeddings,
    Completions,
    Responses,
    Messages,
}

/// <summary>One call of a model on its way to a provider and back.</summary>
internal sealed class LlmCall
{
    public LlmCall(Call call, LlmRouteKind route)
    {
        Call = call;
        Route = route;
        Body = call.BodyObject ?? [];
        Model = Gate.ModelOf(call);
        CallId = call.Header("x-litellm-call-id") ?? Guid.NewGuid().ToString();
        Started = call.World.Now;
    }

    public Call Call { get; }

    public Personality Personality => Call.Personality;

    public KeyRecord Key => Call.Key;

    public LlmRouteKind Route { get; }

    public string Path =>
        Route switch
        {
            LlmRouteKind.Chat => "/chat/completions",
            LlmRouteKind.Embeddings => "/embeddings",
            LlmRouteKind.Completions => "/completions",
            LlmRouteKind.Responses => "/responses",
            _ => "/v1/messages",
        };

    /// <summary>The provider's route: responses and messages are asked as chats of providers that do not know them.</summary>
    public ProviderRoute Asks =>
        Route switch
        {
            LlmRouteKind.Embeddings => ProviderRoute.Embeddings,
            LlmRouteKind.Completions => ProviderRoute.Completions,
            LlmRouteKind.Responses when IsOpenAI => ProviderRoute.Responses,
            LlmRouteKind.Messages when IsOpenAI && Personality.Replies.MessagesAskForResponses => ProviderRoute.Responses,
            _ => ProviderRoute.Chat,
        };

    /// <summary>The client's body, in chat form where the route has another; an empty object when it was none.</summary>
    public JsonObject Body { get; set; }

    /// <summary>The name that the client asked for: the model group.</summary>
    public string? Model { get; }

    public string CallId { get; }

    /// <summary>It has a conversation, whose answer is made of tokens.</summary>
    public bool AnswersWithTokens => Route is LlmRouteKind.Chat or LlmRouteKind.Responses or LlmRouteKind.Messages;

    public LimitLease? Lease { get; set; }

    /// <summary>Set when the router has chosen.</summary>
    public Deployment? Deployment { get; set; }

    public bool Stream => Json.IsTrue(Body["stream"]);

    public bool WantsUsage => Json.IsTrue((Body["stream_options"] as JsonObject)?["include_usage"]);

    public DateTimeOffset Started { get; }

    public TimeSpan Elapsed => Call.World.Now - Started;

    /// <summary>Seconds that the provider has for its answer.</summary>
    public double Timeout =>
        HeaderTimeout ?? (Stream ? Deployment?.StreamTimeout : null) ?? Deployment?.Timeout ?? Call.World.Catalog.RequestTimeout;

    /// <summary>The timeout as the header shows it; configured defaults are whole numbers.</summary>
    public string ShownTimeout =>
        HeaderTimeout is null && Deployment?.Timeout is null
            ? Call.World.Catalog.RequestTimeout.ToString(CultureInfo.InvariantCulture)
            : Json.Repr(Timeout);

    private bool IsOpenAI => Deployment?.Provider is "openai" or "azure";

    private double? HeaderTimeout =>
        double.TryParse(Call.Header("x-litellm-timeout"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
}
