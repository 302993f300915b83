namespace CBorg.Emulator.Chat.Routes;

/// <summary>POST /embeddings.</summary>
internal sealed class EmbeddingRoute(Proxy proxy) : LlmRoute(proxy, LlmRouteKind.Embeddings)
{
    protected override (string Name, string Method) Required => ("input", "aembedding");

    private bool IsBare => Proxy.Personality.Headers.EmbeddingErrors == EmbeddingErrorHeaders.None;

    protected override ProxyError Shown(ProxyError error) => IsBare ? error.Bare() : error;

    protected override ProxyError UnknownModel(LlmCall llm) => RequestChecks.UnknownModel(llm, llm.Path, asJson: IsBare);

    protected override async Task AnswerAsync(LlmCall llm)
    {
        var request = llm.Body.DeepClone().AsObject();
        request["model"] = llm.Deployment!.ProviderModel;
        RequestChecks.CheckDimensions(llm, llm.Deployment, request);
        var reply = (ProviderBody)await Dispatch.AskAsync(llm, request, CancellationToken.None);
        var usage = Usage.Counted(Usage.Number(reply.Json["usage"]?["prompt_tokens"]), 0);
        var body = new JsonObject
        {
            ["model"] = Proxy.Personality.Replies.ShowsProviderModel ? llm.Deployment.ProviderModel : llm.Model,
            ["data"] = reply.Json["data"]?.DeepClone(),
            ["object"] = "list",
            ["usage"] = usage,
        };
        var cost = new Books(Proxy, llm).Close(null, usage);
        usage["completion_tokens_details"] = null;
        usage["prompt_tokens_details"] = null;
        new LlmHeaders(llm).SetPlain(reply, cost, Json.Write(reply.Json).Length);
        await llm.Call.ReplyAsync(body);
    }
}

/// <summary>POST /completions: known to the proxy, but no provider has such a route. Its errors kept the oldest form.</summary>
internal sealed class CompletionRoute(Proxy proxy) : LlmRoute(proxy, LlmRouteKind.Completions)
{
    protected override (string Name, string Method) Required => ("prompt", "atext_completion");

    protected override Task AnswerAsync(LlmCall llm) => Dispatch.AskAsync(llm, llm.Body, CancellationToken.None);

    protected override ProxyError Shown(ProxyError error)
    {
        if (!Proxy.Personality.Errors.TypeFollowsStatus)
        {
            return error.Bare();
        }

        var none = error.Status == 429 ? "None" : null;
        return new ProxyError(error.Status, none, error.Message, none);
    }
}

/// <summary>Where the routes of models are.</summary>
internal static class LlmRoutes
{
    public static void Map(RouteTable routes, Proxy proxy)
    {
        routes.PostWithV1("/chat/completions", RouteAccess.Llm, new ChatRoute(proxy).HandleAsync);
        routes.PostWithV1("/embeddings", RouteAccess.Llm, new EmbeddingRoute(proxy).HandleAsync);
        routes.PostWithV1("/completions", RouteAccess.Llm, new CompletionRoute(proxy).HandleAsync);
        routes.PostWithV1("/responses", RouteAccess.Llm, new ResponsesRoute(proxy).HandleAsync);
        routes.Post("/v1/messages", RouteAccess.Llm, new MessagesRoute(proxy).HandleAsync);
        routes.Post("/v1/messages/count_tokens", RouteAccess.Llm, MessagesRoute.CountTokensAsync);
    }
}
