using System.Text;

namespace CBorg.Emulator.Chat;

/// <summary>What a stream has brought: text, calls, usage.</summary>
internal sealed class StreamRecord
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private JsonObject? _usage;
    private bool _hasTools;

    public bool Finished { get; set; }

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Usage came in a chunk of its own, without choices.</summary>
    public bool UsageCameAlone { get; private set; }

    public void Note(JsonObject chunk)
    {
        IsEmpty = false;
        var choices = chunk["choices"] as JsonArray ?? [];
        if (chunk["usage"] is JsonObject usage)
        {
            _usage = usage;
            UsageCameAlone = choices.Count == 0;
        }

        foreach (var delta in choices.Select(c => c?["delta"]))
        {
            _text.Append((string?)delta?["content"]);
            _reasoning.Append((string?)delta?["reasoning_content"]);
            foreach (var call in delta?["tool_calls"] as JsonArray ?? [])
            {
                _hasTools = true;
                _text.Append((string?)call?["function"]?["name"]).Append((string?)call?["function"]?["arguments"]);
            }
        }
    }

    /// <summary>The provider's usage, or the proxy's own count, with details and cost as the generation adds them.</summary>
    public JsonObject Usage(LlmCall llm)
    {
        var traits = llm.Personality.Streams;
        var counted = _usage is null || (traits.HostedUsageIsCounted && llm.Deployment!.OnPrem);
        var usage = counted
            ? Chat.Usage.Counted(
                TokenCounter.CountMessages(llm.Body["messages"] as JsonArray),
                TokenCounter.Count(_text.ToString())
            )
            : Chat.Usage.Normalised(_usage);
        if (!usage.ContainsKey("completion_tokens_details") && !(_hasTools && traits.CountsNoReasoningBesideTools))
        {
            usage["completion_tokens_details"] = new JsonObject
            {
                ["reasoning_tokens"] = TokenCounter.Count(_reasoning.ToString()),
            };
        }

        return usage;
    }
}

/// <summary>What goes to the client next: a chunk, or the error that ends the stream.</summary>
internal sealed record StreamPiece(JsonObject? Chunk, ProxyError? Error)
{
    public static StreamPiece Of(JsonObject chunk) => new(chunk, null);

    public static StreamPiece Of(ProxyError error) => new(null, error);
}
