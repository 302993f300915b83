using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using CBorg.Emulator.Server;

namespace CBorg.Emulator.Faults;

/// <summary>One event of a stream, without the blank line that ends it; or the whole of a plain body.</summary>
internal sealed record EventStep(string Text, bool IsPlainBody = false, string LineEnd = "\n") : ReplyStep
{
    private const string DataPrefix = "data: ";

    public bool IsData => IsPlainBody || Text.StartsWith("data:", StringComparison.Ordinal);

    public bool IsDone => !IsPlainBody && Text.TrimEnd() == "data: [DONE]";

    /// <summary>The JSON of the event; null when it has none.</summary>
    public JsonObject? Json
    {
        get
        {
            try
            {
                return IsData && !IsDone ? JsonNode.Parse(IsPlainBody ? Text : Text["data:".Length..]) as JsonObject : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    public EventStep With(JsonNode json) => this with { Text = (IsPlainBody ? "" : DataPrefix) + Server.Json.Write(json) };

    public static EventStep Data(JsonNode json) => new(DataPrefix + Server.Json.Write(json));
}
