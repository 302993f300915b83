namespace CBorg.Emulator.Chat.Routes;

/// <summary>A conversation in one of its forms: OpenAI's chat, OpenAI's responses, Anthropic's messages.</summary>
internal abstract class ConversationRoute(Proxy proxy, LlmRouteKind kind) : LlmRoute(proxy, kind)
{
    private const int SmallLimit = 4096;

    protected abstract IConversationForm FormOf(LlmCall llm);

    protected override async Task AnswerAsync(LlmCall llm)
    {
        var body = ProviderBodyOf(llm);
        var form = FormOf(llm);
        var reply = await Dispatch.AskAsync(llm, body, CancellationToken.None);
        if (llm.Stream)
        {
            using var stream = new ChatStream(Proxy, llm, form);
            await stream.RunAsync(reply);
        }
        else
        {
            await ReplyAsync(llm, form, reply);
        }
    }

    private async Task ReplyAsync(LlmCall llm, IConversationForm form, ProviderReply reply)
    {
        var json = ((ProviderBody)reply).Json;
        var body = new PlainReply(Proxy.Personality, llm.Deployment!, llm.Model!).Of(json);
        var cost = new Books(Proxy, llm).Close((string?)body["id"], body["usage"]!.AsObject());
        new LlmHeaders(llm).SetPlain(reply, cost, Json.Write(json).Length);
        await llm.Call.ReplyAsync(form.Whole(body));
    }

    /// <summary>The client's body with the provider's own name of the model, checked and cut to what the provider
    /// takes.</summary>
    private JsonObject ProviderBodyOf(LlmCall llm)
    {
        if (llm.Body["messages"] is not JsonArray messages || messages.Any(m => m is not JsonObject))
        {
            throw new ProviderErrors(Proxy.Personality, llm.Deployment!, llm.Model!).BrokenFormat(
                "'str' object has no attribute 'get'"
            );
        }

        var body = llm.Body.DeepClone().AsObject();
        body["model"] = llm.Deployment!.ProviderModel;
        RequestChecks.CheckParams(llm, llm.Deployment, body);
        CapOutput(llm, body);
        AskForUsage(llm, body);
        return body;
    }

    /// <summary>With reserved tokens and a small limit LiteLLM caps what the client left open.</summary>
    private void CapOutput(LlmCall llm, JsonObject body)
    {
        var smallest = llm.Lease?.Entries.Min(e => e.Scope.Tokens);
        var isOpen = body["max_tokens"] is null && body["max_completion_tokens"] is null;
        if (Proxy.Personality.Limits.Tokens == TokenCounting.ReservedBefore && smallest < SmallLimit && isOpen)
        {
            body["max_tokens"] = smallest / 4;
        }
    }

    /// <summary>The client does not see usage that it has not asked for; the proxy wants to know all the same.</summary>
    private void AskForUsage(LlmCall llm, JsonObject body)
    {
        if (llm.Stream && Proxy.Personality.Streams.AsksForUsage)
        {
            var options = body["stream_options"]?.DeepClone() as JsonObject ?? [];
            options["include_usage"] = true;
            body["stream_options"] = options;
        }
    }
}
