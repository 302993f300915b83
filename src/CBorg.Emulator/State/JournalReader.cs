using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Info;

namespace CBorg.Emulator.State;

/// <summary>Reads what happened before the start: NAME.activity.json beside the catalogue NAME.json; without that file nothing did.</summary>
internal static class JournalReader
{
    public static Journal Read(string catalog)
    {
        if (Source(catalog) is not { } source)
        {
            return new Journal();
        }

        var journal = new Journal { Seeds = [.. source["logs"]!.AsArray().Select(n => ReadLog(n!.AsObject()))] };
        foreach (var day in source["days"]!.AsArray())
        {
            journal.Add(ReadDay(day!.AsObject()));
        }

        return journal;
    }

    private static JsonObject? Source(string catalog)
    {
        if (catalog is "cborg" or "recordings")
        {
            return Resource.TryRead($"catalog/{catalog}.activity.json");
        }

        var file = Path.ChangeExtension(catalog, ".activity.json");
        return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : null;
    }

    private static DailyActivity ReadDay(JsonObject o) => new(
        Times.ParseDate(Text(o, "date")) ?? throw new InvalidDataException("A day of the activity has no date."),
        (string?)o["user_id"],
        KeyHash.Of(Text(o, "key")),
        Text(o, "model"),
        Text(o, "model_group"),
        Text(o, "provider"),
        Text(o, "endpoint"))
    {
        Spend = o["spend"]!.GetValue<double>(),
        PromptTokens = o["prompt_tokens"]!.GetValue<long>(),
        CompletionTokens = o["completion_tokens"]!.GetValue<long>(),
        Successes = o["successful_requests"]!.GetValue<long>(),
        Failures = o["failed_requests"]!.GetValue<long>(),
    };

    private static SpendLogSeed ReadLog(JsonObject o)
    {
        var members = o.DeepClone().AsObject();
        members.Remove("key");
        return new SpendLogSeed(
            KeyHash.Of(Text(o, "key")),
            (string?)o["user"],
            DateTimeOffset.Parse(Text(o, "startTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            members);
    }

    private static string Text(JsonObject o, string name) =>
        (string?)o[name] ?? throw new InvalidDataException($"A row of the activity has no '{name}'.");
}
