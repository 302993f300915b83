using System.IO;

namespace CBorg.Emulator.State;

/// <summary>A finished call of a model, as it goes into the books.</summary>
internal sealed record SpentCall
{
    public required string CallId { get; init; }

    /// <summary>The id of the reply, under which the spend log is kept; the first of several wins.</summary>
    public required string RequestId { get; init; }

    public required KeyRecord Key { get; init; }

    /// <summary>The name that was asked for.</summary>
    public required string ModelGroup { get; init; }

    /// <summary>Where the call went; null when it got nowhere.</summary>
    public Deployment? Deployment { get; init; }

    /// <summary>The route: /chat/completions or /embeddings.</summary>
    public required string Endpoint { get; init; }

    public long PromptTokens { get; init; }

    public long CompletionTokens { get; init; }

    public long CacheReadTokens { get; init; }

    public long CacheWriteTokens { get; init; }

    public double Cost { get; init; }

    public bool Failed { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Ended { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>usage.prompt_tokens_details of the provider's reply.</summary>
    public JsonObject? PromptDetails { get; init; }

    /// <summary>usage.completion_tokens_details of the provider's reply.</summary>
    public JsonObject? CompletionDetails { get; init; }
}

/// <summary>One row of LiteLLM's table of daily spend: what a key did with a model on a day.</summary>
internal sealed record DailyActivity(
    DateOnly Date,
    string? UserId,
    string KeyHash,
    string Model,
    string ModelGroup,
    string Provider,
    string Endpoint
)
{
    public double Spend { get; set; }

    public long PromptTokens { get; set; }

    public long CompletionTokens { get; set; }

    public long CacheReadTokens { get; set; }

    public long CacheWriteTokens { get; set; }

    public long Successes { get; set; }

    public long Failures { get; set; }
}

/// <summary>A spend log of before the emulator's start, member by member.</summary>
internal sealed record SpendLogSeed(string KeyHash, string? UserId, DateTimeOffset Started, JsonObject Members);

/// <summary>Reads what happened before the start: NAME.activity.json beside the catalogue NAME.json; without that file
/// nothing did.</summary>
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

    private static DailyActivity ReadDay(JsonObject o) =>
        new(
            Times.ParseDate(Text(o, "date")) ?? throw new InvalidDataException("A day of the activity has no date."),
            (string?)o["user_id"],
            KeyHash.Of(Text(o, "key")),
            Text(o, "model"),
            Text(o, "model_group"),
            Text(o, "provider"),
            Text(o, "endpoint")
        )
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
            members
        );
    }

    private static string Text(JsonObject o, string name) =>
        (string?)o[name] ?? throw new InvalidDataException($"A row of the activity has no '{name}'.");
}
