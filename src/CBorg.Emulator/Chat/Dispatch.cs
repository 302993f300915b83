namespace CBorg.Emulator.Chat;

/// <summary>What every call of a model goes through: limits, router, provider.</summary>
internal sealed class Dispatch(Proxy proxy)
{
    public void EnterLimits(LlmCall llm)
    {
        BudgetGate.CheckHook(llm.Call);
        var scopes = LimitScopes.Of(proxy.World, llm.Key, llm.Model, proxy.Personality.Limits.TeamModels);
        var request = new LimitRequest(
            scopes,
            Characters(llm.Body["messages"] ?? llm.Body["input"] ?? llm.Body["prompt"]),
            (int?)Json.Number(llm.Body["max_tokens"] ?? llm.Body["max_completion_tokens"]),
            proxy.Personality.Limits.EstimatesEachChoice ? Math.Max(1, (int?)Json.Number(llm.Body["n"]) ?? 1) : 1,
            CountsTokens: llm.AnswersWithTokens || proxy.Personality.Limits.Tokens != Traits.TokenCounting.CompletionAfter,
            Answers: llm.Route != LlmRouteKind.Embeddings
        );
        var (lease, rejection) = proxy.Limiter.Enter(request);
        llm.Lease = lease ?? throw LimitErrors.Of(proxy.World, proxy.Personality, request, rejection!);
    }

    public void ChooseDeployment(LlmCall llm) =>
        llm.Deployment = proxy.Router.Choose(llm.Model!, TokenCounter.CountMessages(llm.Body["messages"] as JsonArray));

    /// <summary>Asks the provider, no longer than it may take; its failures become errors.</summary>
    public async Task<ProviderReply> AskAsync(LlmCall llm, JsonObject body, CancellationToken cancellation)
    {
        var errors = new ProviderErrors(proxy.Personality, llm.Deployment!, llm.Model!, llm.Asks);
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(llm.Timeout), proxy.World.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            var request = new ProviderRequest(llm.Asks, llm.Deployment!, body, llm.Key, proxy.World);
            return Checked(llm, errors, await proxy.Provider.AskAsync(request, both.Token));
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            proxy.Router.Failed(llm.Deployment!, 408, null);
            throw errors.TimedOut(llm.Timeout, llm.Stream);
        }
    }

    private ProviderReply Checked(LlmCall llm, ProviderErrors errors, ProviderReply reply)
    {
        var error = reply switch
        {
            ProviderFailure failure => errors.Of(failure),
            ProviderUnreachable => errors.Unreachable(),
            _ => null,
        };
        if (error is null)
        {
            return reply;
        }

        if (llm.Asks != ProviderRoute.Responses || proxy.Personality.Errors.FailedResponsesRest)
        {
            proxy.Router.Failed(llm.Deployment!, (reply as ProviderFailure)?.Status ?? error.Status, RetryAfter(reply));
        }

        throw error;
    }

    private static TimeSpan? RetryAfter(ProviderReply reply)
    {
        var header = reply.Headers.FirstOrDefault(h => h.Name == "retry-after").Value;
        return double.TryParse(header, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    private static int Characters(JsonNode? node) =>
        node switch
        {
            JsonArray a => a.Sum(Characters),
            JsonObject o => Characters(o["content"] ?? o["text"]),
            JsonValue v when v.TryGetValue(out string? text) => text.Length,
            _ => 0,
        };
}

/// <summary>What calls of models need beside the world: limiter, router, provider.</summary>
internal sealed class Proxy(World world, Personality personality, IProvider provider)
{
    public World World { get; } = world;

    public Personality Personality { get; } = personality;

    public IProvider Provider { get; } = provider;

    public Limiter Limiter { get; } = new(world.Clock, personality.Limits);

    public Router Router { get; } = new(world, personality);
}
