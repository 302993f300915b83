using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>
/// What a stream of events comes to, by a reading of its own: an answer is complete when <c>[DONE]</c> has come, or a
/// reason to finish for every choice that began, and no error, garbage or end of the line before.
/// </summary>
/// <param name="Complete">Whether it is an answer.</param>
/// <param name="Text">The text of the first choice, as far as it came.</param>
internal sealed record FuzzEnding(bool Complete, string Text)
{
    public static FuzzEnding Of(IEnumerable<string> events)
    {
        SortedDictionary<long, (StringBuilder Text, bool Finished)> choices = [];
        foreach (string block in events)
        {
            (string type, string data) = Read(block);
            if (data.StartsWith("[DONE]", StringComparison.Ordinal))
            {
                return new FuzzEnding(choices.Count > 0, TextOf(choices));
            }

            if (data.Length > 0 && !Take(type, data, choices))
            {
                break;
            }
        }

        return new FuzzEnding(choices.Count > 0 && choices.Values.All(choice => choice.Finished), TextOf(choices));
    }

    /// <returns>False when nothing after it counts.</returns>
    private static bool Take(string type, string data, SortedDictionary<long, (StringBuilder Text, bool Finished)> choices)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            JsonElement root = document.RootElement;
            bool isObject = root.ValueKind == JsonValueKind.Object;
            if (
                type == "error"
                || (isObject && root.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null)
            )
            {
                return false;
            }

            if (isObject && root.TryGetProperty("choices", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
            {
                list.EnumerateArray().ToList().ForEach(choice => Take(choice, choices));
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Take(JsonElement choice, SortedDictionary<long, (StringBuilder Text, bool Finished)> choices)
    {
        if (
            choice.ValueKind != JsonValueKind.Object
            || !choice.TryGetProperty("delta", out JsonElement delta)
            || delta.ValueKind == JsonValueKind.Null
        )
        {
            return;
        }

        long index =
            choice.TryGetProperty("index", out JsonElement told) && told.ValueKind == JsonValueKind.Number ? told.GetInt64() : 0;
        (StringBuilder text, bool finished) = choices.TryGetValue(index, out (StringBuilder Text, bool Finished) known)
            ? known
            : (new StringBuilder(), false);
        text.Append(
            delta.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String
                ? content.GetString()
                : ""
        );
        choices[index] = (
            text,
            finished
                || (choice.TryGetProperty("finish_reason", out JsonElement reason) && reason.ValueKind == JsonValueKind.String)
        );
    }

    private static string TextOf(SortedDictionary<long, (StringBuilder Text, bool Finished)> choices) =>
        choices.Count > 0 ? choices.First().Value.Text.ToString() : "";

    private static (string Type, string Data) Read(string block)
    {
        string type = "";
        List<string> data = [];
        foreach (string line in block.TrimStart('\uFEFF').Split('\n'))
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data.Add(line.Length > 5 && line[5] == ' ' ? line[6..] : line[5..]);
            }
            else if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                type = line[6..].Trim();
            }
        }

        return (type, string.Join('\n', data));
    }
}
