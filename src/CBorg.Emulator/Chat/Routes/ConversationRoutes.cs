namespace CBorg.Emulator.Chat.Routes;

/// <summary>POST /chat/completions.</summary>
internal sealed class ChatRoute(Proxy proxy) : ConversationRoute(proxy, LlmRouteKind.Chat)
{
    protected override (string Name, string Method) Required => ("messages", "acompletion");

    protected override IConversationForm FormOf(LlmCall llm) => new ChatForm();
}

/// <summary>POST /responses.</summary>
internal sealed class ResponsesRoute(Proxy proxy) : ConversationRoute(proxy, LlmRouteKind.Responses)
{
    protected override (string Name, string Method) Required => ("input", "aresponses");

    protected override void Prepare(LlmCall llm) => llm.Body = ResponsesRequest.ToChat(llm.Body);

    protected override IConversationForm FormOf(LlmCall llm) => new ResponsesForm(llm);
}

/// <summary>POST /v1/messages and its count of tokens, in Anthropic's form.</summary>
internal sealed class MessagesRoute(Proxy proxy) : ConversationRoute(proxy, LlmRouteKind.Messages)
{
    protected override (string Name, string Method) Required => ("messages", "aanthropic_messages");

    public static Task CountTokensAsync(Call call)
    {
        var body = call.BodyObject ?? [];
        foreach (var name in (string[])["model", "messages"])
        {
            if (body[name] is null or JsonArray { Count: 0 })
            {
                throw new FastApiError(400, new JsonObject { ["error"] = $"{name} parameter is required" });
            }
        }

        var messages = MessagesRequest.ToChat(body)["messages"] as JsonArray;
        return call.ReplyAsync(new JsonObject { ["input_tokens"] = TokenCounter.CountMessages(messages) });
    }

    protected override void Prepare(LlmCall llm) => llm.Body = MessagesRequest.ToChat(llm.Body);

    protected override IConversationForm FormOf(LlmCall llm) => new MessagesForm();

    protected override ProxyError Shown(ProxyError error) =>
        Proxy.Personality switch
        {
            { Headers.MessagesAreBare: true } => error.Bare(),
            { Errors.MessagesHaveAnthropicForm: true } => error.InAnthropicForm(),
            _ => error,
        };
}
