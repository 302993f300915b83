using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>Changes what JSON says and leaves it JSON.</summary>
internal static class FuzzJson
{
    // What a writer of JSON refuses to write is put in afterwards.
    private const string Lone = "@LONE@";
    private const string Deep = "@DEEP@";

    private static readonly string[] s_values =
    [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "0.5",
        "1e400",
        "-1e400",
        "9223372036854775807",
        "1e18",
        "-1e18",
        "79228162514264337593543950335",
        "1e-28",
        "\"\"",
        "\"x\"",
        "\"NaN\"",
        "\"-1\"",
        "\"1e30\"",
        "\"Infinity\"",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "{\"a\":null}",
        $"\"{Lone}\"",
        $"\"{Deep}\"",
        $"\"{FuzzAsk.Key}\"",
        "\"2026-13-99\"",
        "\"9999-12-31T23:59:59+14:00\"",
        "\"stop\"",
        "\"None\"",
        "{\"error\":{\"message\":\"no\"}}",
        "\"sk-...x\"",
        "[{\"type\":\"text\",\"text\":\"part\"}]",
    ];

    private static readonly string[] s_numbers =
    [
        "0",
        "-1",
        "1e-28",
        "0.1",
        "1000000000000",
        "9000000000000000",
        "8999999999999999999",
        "-8999999999999999999",
        "9223372036854775807",
        "1e14",
        "1e20",
        "1e28",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "1e29",
        "1e400",
    ];

    private static readonly string[] s_names =
    [
        "error",
        "detail",
        "message",
        "choices",
        "delta",
        "index",
        "content",
        "finish_reason",
        "usage",
        "data",
        "info",
        "results",
        "embedding",
        "id",
        Lone,
        "x_cost",
        "supports_x",
    ];

    /// <returns>Null when it is no JSON to begin with.</returns>
    public static string? Apply(Random random, string json)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }

        for (int times = random.Next(1, 4); times > 0 && root is not null; times--)
        {
            Change(random, root);
        }

        string text = root?.ToJsonString() ?? "null";
        return text.Replace(Lone, random.Next(2) == 0 ? "\\ud83d" : "\\udc00", StringComparison.Ordinal)
            .Replace($"\"{Deep}\"", new string('[', 70) + new string(']', 70), StringComparison.Ordinal);
    }

    private static void Change(Random random, JsonNode root)
    {
        if (random.Next(3) == 0)
        {
            ChangeNumbers(random, root);
            return;
        }

        List<JsonNode> containers = [];
        Collect(root, containers);
        if (containers.Count == 0)
        {
            return;
        }

        JsonNode? value = JsonNode.Parse(s_values[random.Next(s_values.Length)]);
        switch (containers[random.Next(containers.Count)])
        {
            case JsonObject members:
                Change(random, members, value);
                break;
            case JsonArray items:
                Change(random, items, value);
                break;
        }
    }

    private static void Change(Random random, JsonObject members, JsonNode? value)
    {
        string? name = members.Count > 0 ? members.ElementAt(random.Next(members.Count)).Key : null;
        switch (random.Next(4))
        {
            case 0 when name is not null:
                members.Remove(name);
                break;
            case 1:
                members[s_names[random.Next(s_names.Length)]] = value;
                break;
            case var _ when name is not null:
                members[name] = value;
                break;
        }
    }

    private static void Change(Random random, JsonArray items, JsonNode? value)
    {
        int at = random.Next(items.Count + 1);
        switch (random.Next(4))
        {
            case 0 when at < items.Count:
                items.RemoveAt(at);
                break;
            case 1 when at < items.Count:
                items.Insert(at, items[at]?.DeepClone());
                break;
            case 2 when at < items.Count:
                items[at] = value;
                break;
            default:
                items.Insert(at, value);
                break;
        }
    }

    /// <summary>Sums and products of numbers that fit may not.</summary>
    private static void ChangeNumbers(Random random, JsonNode root)
    {
        List<JsonNode> containers = [];
        Collect(root, containers);
        foreach (JsonObject members in containers.OfType<JsonObject>())
        {
            foreach (
                string name in members
                    .Where(member => member.Value is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
                    .Select(member => member.Key)
                    .ToArray()
            )
            {
                if (random.Next(3) == 0)
                {
                    members[name] = JsonNode.Parse(s_numbers[random.Next(s_numbers.Length)]);
                }
            }
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> containers)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        if (node is JsonObject or JsonArray)
        {
            containers.Add(node);
        }

        foreach (JsonNode? child in children)
        {
            Collect(child, containers);
        }
    }

    public static byte[]? Apply(Random random, byte[] json) =>
        Apply(random, Encoding.UTF8.GetString(json)) is { } text ? Encoding.UTF8.GetBytes(text) : null;
}
