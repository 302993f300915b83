using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Answers;

/// <summary>A prompt as a row of tokens in the order a provider sees them (tools, then messages), and where cache_control marks stand in it.</summary>
internal sealed class PromptPrefix
{
    private const ulong Start = 14695981039346656037;

    private readonly List<ulong> _hashes = [];
    private readonly List<CacheMark> _marks = [];

    public PromptPrefix(JsonObject request)
    {
        foreach (var tool in (request["tools"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            Add(tool.ToJsonString());
            Mark(tool);
        }

        foreach (var message in (request["messages"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            AddMessage(message);
        }
    }

    public int Tokens => _hashes.Count;

    public IReadOnlyList<CacheMark> Marks => _marks;

    /// <summary>The hash of the first tokens.</summary>
    public ulong HashAt(int tokens) => tokens == 0 ? Start : _hashes[tokens - 1];

    private void AddMessage(JsonObject message)
    {
        Add(message.Text("role") ?? "user");
        foreach (var part in (message["content"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            AddPart(part);
            Mark(part);
        }

        Add(message.Text("content") ?? "");
        Mark(message);
    }

    // Whatever is no text counts as one token here: what matters is whether it is the same.
    private void AddPart(JsonObject part)
    {
        if (part.Text("text") is { } text)
        {
            Add(text);
        }
        else
        {
            _hashes.Add(Stable.Number(part.ToJsonString(), HashAt(_hashes.Count)));
        }
    }

    private void Add(string text)
    {
        foreach (var piece in TokenCounter.Pieces(text))
        {
            _hashes.Add(Stable.Number(piece, HashAt(_hashes.Count)));
        }
    }

    private void Mark(JsonObject holder)
    {
        if (holder["cache_control"] is JsonObject control)
        {
            _marks.Add(new CacheMark(_hashes.Count, control.Text("ttl") == "1h"));
        }
    }
}
