using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Answers;

/// <summary>The messages of a request, and the parts of them that an answer looks at.</summary>
internal sealed class Conversation
{
    private readonly System.Lazy<HashSet<string>> _promptWords;

    public Conversation(JsonObject request)
    {
        Messages = (request["messages"] as JsonArray)?.Select(Message.From).ToList() ?? [];
        Prompt = Messages.LastOrDefault(message => message.Role == "user")?.Text ?? Messages.LastOrDefault()?.Text ?? "";
        System = string.Join("\n", Messages.Where(message => message.Role is "system" or "developer").Select(message => message.Text));
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
