namespace CBorg.Emulator.Answers;

/// <summary>The stand-in for a model: the same request always gets the same answer.</summary>
internal static class AnswerMachine
{
    private const int MostChoices = 128;

    private static readonly ISkill[] s_skills =
    [
        new ToolResultSkill(),
        new EchoSkill(),
        new LetterSkill(),
        new ArithmeticSkill(),
        new CountSkill(),
        new ClassifySkill(),
    ];

    /// <exception cref="RequestRefused">The provider would not take the request.</exception>
    public static Answer Answer(JsonObject request, ModelTraits traits, PromptCache cache, string key)
    {
        var conversation = new Conversation(request);
        var promptTokens = CountPrompt(request);
        RefuseWhatIsTooLong(promptTokens, traits);
        var cached = Capped(cache.Look(new PromptPrefix(request), traits, key), promptTokens);

        var choice = Choose(request, conversation, traits, promptTokens, cached);
        var amount = Math.Clamp(request.Whole("n") ?? 1, 1, MostChoices);
        var reasoningTokens = TokenCounter.Count(choice.Reasoning);
        var tokens =
            reasoningTokens
            + TokenCounter.Count(choice.Text)
            + choice.ToolCalls.Sum(call => TokenCounter.Count(call.Name) + TokenCounter.Count(call.Arguments));
        return new Answer
        {
            Choices = Enumerable
                .Repeat(traits.Reasoning == ReasoningKind.Hidden ? choice with { Reasoning = null } : choice, amount)
                .ToList(),
            PromptTokens = promptTokens,
            CompletionTokens = tokens * amount,
            ReasoningTokens = reasoningTokens * amount,
            Cached = cached,
        };
    }

    /// <summary>Tokens of messages and tools together.</summary>
    public static int CountPrompt(JsonObject request) =>
        TokenCounter.CountMessages(request["messages"] as JsonArray)
        + ((request["tools"] as JsonArray)?.Sum(tool => TokenCounter.Count(tool?.ToJsonString())) ?? 0);

    private static AnswerChoice Choose(
        JsonObject request,
        Conversation conversation,
        ModelTraits traits,
        int promptTokens,
        CachedPrompt cached
    )
    {
        var skilled = s_skills.Select(skill => skill.Answer(conversation)).FirstOrDefault(answer => answer is not null);
        var hints = new PromptHints(conversation.Prompt, skilled);
        var calls = new ToolPicker(request, conversation, hints).Calls();
        var text =
            calls.Count > 0
                ? null
                : InWantedForm(request, hints) ?? skilled ?? new SummarySkill(promptTokens, cached.Read).Answer(conversation);
        return new OutputLimits(request, traits).Apply(Thoughts.Of(request, conversation, traits), text, calls);
    }

    private static string? InWantedForm(JsonObject request, PromptHints hints)
    {
        var format = request["response_format"] as JsonObject;
        var schema = format?.Text("type") switch
        {
            "json_schema" => (format["json_schema"] as JsonObject)?["schema"] ?? new JsonObject { ["type"] = "object" },
            "json_object" => AnyObject(hints),
            _ => null,
        };
        return schema is null ? null : Json.Write(new SchemaWriter(schema, hints).Write());
    }

    // Without a schema the object has the members that the prompt names, or just an answer.
    private static JsonObject AnyObject(PromptHints hints)
    {
        string[] announcements = ["keys", "key", "fields", "members", "properties"];
        var names = announcements.Select(hints.ListFor).FirstOrDefault(list => list.Count > 0) ?? ["answer"];
        var properties = new JsonObject();
        foreach (var name in names)
        {
            properties[name] = new JsonObject { ["type"] = "string" };
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
        };
    }

    private static void RefuseWhatIsTooLong(int promptTokens, ModelTraits traits)
    {
        if (traits.MaxInputTokens is { } most && promptTokens > most)
        {
            throw new RequestRefused(
                $"This model's maximum context length is {most} tokens. However, your messages resulted in {promptTokens} tokens. Please reduce the length of the messages.",
                "messages",
                "context_length_exceeded"
            );
        }
    }

    private static CachedPrompt Capped(CachedPrompt cached, int promptTokens)
    {
        var read = Math.Min(cached.Read, promptTokens);
        return cached with { Read = read, Written = Math.Min(cached.Written, promptTokens - read) };
    }
}
