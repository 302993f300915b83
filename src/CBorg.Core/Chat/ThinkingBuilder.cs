using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>
/// Joins an Anthropic model's thinking blocks, which must go back unchanged with their signatures. In streams they come in
/// pieces: text without signature, then either a signature without text
/// (LiteLLM up to 1.81) or the whole block again with its signature (later), which replaces what was joined.
/// </summary>
internal sealed class ThinkingBuilder
{
    private readonly List<JsonObject> _whole = [];
    private readonly StringBuilder _open = new();

    public void Add(JsonElement message)
    {
        foreach (JsonElement block in message.Items("thinking_blocks"))
        {
            string text = block.Text("thinking") ?? "";
            string signature = block.Text("signature") ?? "";
            if (block.Text("type") is { } type && type != "thinking")
            {
                Close();
                _whole.Add(Whole(block));
            }
            else if (signature.Length == 0)
            {
                _open.Append(text);
            }
            else
            {
                _whole.Add(Block(text.Length > 0 ? text : _open.ToString(), signature));
                _open.Clear();
            }
        }
    }

    /// <returns>The blocks as JSON, or null when there are none.</returns>
    public string? Build()
    {
        Close();
        if (_whole.Count == 0)
        {
            return null;
        }

        JsonArray blocks = [];
        foreach (JsonObject block in _whole)
        {
            blocks.Add(block.DeepClone());
        }

        return blocks.ToJsonString();
    }

    private void Close()
    {
        if (_open.Length > 0)
        {
            _whole.Add(Block(_open.ToString(), ""));
            _open.Clear();
        }
    }

    /// <summary>What cannot be written again as it came goes back with its texts as they are read.</summary>
    private static JsonObject Whole(JsonElement block)
    {
        JsonObject copy = [];
        foreach ((string name, JsonElement value) in block.Members())
        {
            copy[name] = value.AsText() is { } text ? JsonValue.Create(text) : JsonNode.Parse(value.GetRawText());
        }

        return copy;
    }

    private static JsonObject Block(string text, string signature) =>
        new()
        {
            ["type"] = "thinking",
            ["thinking"] = text,
            ["signature"] = signature,
        };
}
