using System.Text;

namespace CBorg.Emulator.Answers;

/// <summary>One message of a request, its parts sorted by kind.</summary>
internal sealed record Message(
    string Role,
    string Text,
    IReadOnlyList<ImageFacts> Images,
    IReadOnlyList<FileFacts> Files,
    IReadOnlyList<ToolCall> ToolCalls,
    string? ToolCallId
)
{
    public static Message From(JsonNode? node)
    {
        if (node is not JsonObject message)
        {
            return new Message("user", node?.ToString() ?? "", [], [], [], null);
        }

        var parts = (message["content"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        return new Message(
            message.Text("role") ?? "user",
            message["content"] is JsonArray ? JoinTexts(parts) : message.Text("content") ?? "",
            parts.Where(part => part.Text("type") is "image_url" or "input_image").Select(ImageFacts.From).ToList(),
            parts.Select(FileFacts.From).OfType<FileFacts>().ToList(),
            (message["tool_calls"] as JsonArray)?.OfType<JsonObject>().Select(ToolCall.From).ToList() ?? [],
            message.Text("tool_call_id")
        );
    }

    private static string JoinTexts(List<JsonObject> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts.Where(part => part.Text("type") is "text" or "input_text"))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(part.Text("text"));
        }

        return text.ToString();
    }
}

/// <summary>The messages of a request, and the parts of them that an answer looks at.</summary>
internal sealed class Conversation
{
    private readonly System.Lazy<HashSet<string>> _promptWords;

    public Conversation(JsonObject request)
    {
        Messages = (request["messages"] as JsonArray)?.Select(Message.From).ToList() ?? [];
        Prompt = Messages.LastOrDefault(message => message.Role == "user")?.Text ?? Messages.LastOrDefault()?.Text ?? "";
        System = string.Join(
            "\n",
            Messages.Where(message => message.Role is "system" or "developer").Select(message => message.Text)
        );
        _promptWords = new(() => Words.Split(Prompt).ToHashSet());
    }

    public IReadOnlyList<Message> Messages { get; }

    /// <summary>The text of the last user message.</summary>
    public string Prompt { get; }

    public IReadOnlySet<string> PromptWords => _promptWords.Value;

    /// <summary>System and developer messages put together.</summary>
    public string System { get; }

    public Message? Last => Messages.Count == 0 ? null : Messages[^1];

    /// <summary>The tools' results since the model last spoke.</summary>
    public IEnumerable<Message> ToolResults => Messages.Reverse().TakeWhile(message => message.Role == "tool").Reverse();

    public string NameOfTool(string? callId) =>
        Messages.SelectMany(message => message.ToolCalls).FirstOrDefault(call => call.Id == callId)?.Name ?? "tool";
}
