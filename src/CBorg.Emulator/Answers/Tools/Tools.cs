namespace CBorg.Emulator.Answers.Tools;

/// <summary>A call of a tool, as a model writes it.</summary>
internal sealed record ToolCall(string Id, string Name, string Arguments)
{
    public static ToolCall From(JsonObject call)
    {
        var function = call["function"] as JsonObject ?? [];
        return new ToolCall(call.Text("id") ?? "", function.Text("name") ?? "", function.Text("arguments") ?? "");
    }

    public JsonObject ToJson() =>
        new()
        {
            ["id"] = Id,
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = Name, ["arguments"] = Arguments },
        };
}

/// <summary>A tool that a request offers.</summary>
internal sealed record ToolOffer(string Name, string Description, JsonNode? Parameters)
{
    public static ToolOffer? From(JsonNode? node) =>
        node is JsonObject tool && tool["function"] is JsonObject function && function.Text("name") is { } name
            ? new ToolOffer(name, function.Text("description") ?? "", function["parameters"])
            : null;
}

/// <summary>Which of the offered tools a model calls, and with what.</summary>
internal sealed class ToolPicker(JsonObject request, Conversation conversation, PromptHints hints)
{
    private const int ScoreOfFullName = 100;
    private const int ScoreOfNameWord = 3;
    private const int ScoreOfDescriptionWord = 1;
    private const int ScoreNeeded = 3;

    public IReadOnlyList<ToolCall> Calls()
    {
        var offers = (request["tools"] as JsonArray)?.Select(ToolOffer.From).OfType<ToolOffer>().ToList() ?? [];
        var chosen = offers.Count == 0 || conversation.Last?.Role == "tool" ? [] : Choose(offers);
        return chosen.Select(Call).ToList();
    }

    private List<ToolOffer> Choose(List<ToolOffer> offers)
    {
        switch (request["tool_choice"])
        {
            case JsonObject choice:
                var name = (choice["function"] as JsonObject)?.Text("name") ?? choice.Text("name");
                return offers.Where(offer => offer.Name == name).Take(1).ToList();
            case JsonValue value when value.TryGetValue<string>(out var word) && word == "none":
                return [];
            case JsonValue value when value.TryGetValue<string>(out var word) && word is "required" or "any":
                return Mentioned(offers) is { Count: > 0 } mentioned ? mentioned : [offers.MaxBy(Score)!];
            default:
                return Mentioned(offers);
        }
    }

    private List<ToolOffer> Mentioned(List<ToolOffer> offers)
    {
        var byName = offers.Where(offer => Score(offer) >= ScoreOfFullName).ToList();
        if (byName.Count > 0)
        {
            return request.Flag("parallel_tool_calls") == false ? byName.Take(1).ToList() : byName;
        }

        var best = offers.MaxBy(Score)!;
        return Score(best) >= ScoreNeeded ? [best] : [];
    }

    private int Score(ToolOffer offer)
    {
        var words = conversation.PromptWords;
        var nameWords = Words.Split(offer.Name).Where(Words.Tells).ToList();
        var descriptionWords = Words.Split(offer.Description).Where(Words.Tells).Except(nameWords).Distinct();
        return (conversation.Prompt.Contains(offer.Name, StringComparison.OrdinalIgnoreCase) ? ScoreOfFullName : 0)
            + (nameWords.Count(words.Contains) * ScoreOfNameWord)
            + (descriptionWords.Count(words.Contains) * ScoreOfDescriptionWord);
    }

    private ToolCall Call(ToolOffer offer, int index)
    {
        var arguments = new SchemaWriter(offer.Parameters, hints) { OnlyWhatIsKnown = true }.Write() as JsonObject ?? [];
        return new ToolCall(
            $"call_{Stable.Hex($"{conversation.Prompt}|{offer.Name}|{index}", 24)}",
            offer.Name,
            Json.Write(arguments)
        );
    }
}
