using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CBorg.Emulator.State;

/// <summary>Reads a catalogue; keys that the file leaves open are made up afresh.</summary>
internal sealed class CatalogReader(string generation, TimeProvider clock)
{
    private static readonly JsonDocumentOptions s_lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new TimeConverter(clock), new SpendConverter() },
    };

    public Catalog Read(string source)
    {
        var root =
            JsonNode.Parse(TextOf(source), null, s_lenient)?.AsObject()
            ?? throw new InvalidDataException($"The catalogue '{source}' is empty.");
        return new Catalog(
            List(root, "models").Select(ReadDeployment).ToList(),
            List(root, "keys").Select(Row<KeyRecord>).ToList(),
            List(root, "users").Select(Row<UserRecord>).ToList(),
            List(root, "teams").Select(Row<TeamRecord>).ToList(),
            (string?)root["provider"] == "scripted",
            Number(root, "request_timeout") ?? 600
        );
    }

    private static string TextOf(string source)
    {
        if (source is not ("cborg" or "recordings"))
        {
            return File.ReadAllText(source);
        }

        using var stream =
            typeof(CatalogReader).Assembly.GetManifestResourceStream($"catalog/{source}.json")
            ?? throw new FileNotFoundException($"The catalogue '{source}' is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private Deployment ReadDeployment(JsonObject o)
    {
        var name = Required(o, "name");
        var parameters = Copy(o["params"]);
        var info = Copy(o["info"]);
        foreach (var (member, value) in Copy(o["info_by_generation"]?[generation]))
        {
            info[member] = value?.DeepClone();
        }

        var id = (string?)info["id"] ?? KeyHash.Of(name + parameters.ToJsonString());
        info.Remove("id");
        return new Deployment
        {
            Name = name,
            Params = parameters,
            Info = info,
            Id = id,
            Script = o["script"]?.DeepClone().AsObject(),
            Charged = !Texts(o, "uncharged_in").Contains(generation),
        };
    }

    /// <summary>A row with what the file leaves open: the key, and that it was made just now.</summary>
    private T Row<T>(JsonObject source)
    {
        var row = source.DeepClone().AsObject();
        row["created_at"] ??= clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        if (typeof(T) == typeof(KeyRecord))
        {
            row["key"] ??= "sk-" + KeyHash.Of(Guid.NewGuid().ToString())[..22];
        }

        try
        {
            return row.Deserialize<T>(_options)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"An entry of the catalogue is not as it should be: {e.Message}", e);
        }
    }

    /// <summary>A time as ISO 8601, or as days from now: "+30d", "-1d".</summary>
    private sealed class TimeConverter(TimeProvider clock) : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var text = reader.GetString()!;
            return text.EndsWith('d')
                ? clock.GetUtcNow().AddDays(double.Parse(text[..^1], CultureInfo.InvariantCulture))
                : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }

    private sealed class SpendConverter : JsonConverter<Spend>
    {
        public override Spend Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, Spend value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }

    private static string Required(JsonObject o, string name) =>
        (string?)o[name] ?? throw new InvalidDataException($"An entry of the catalogue has no '{name}'.");

    private static double? Number(JsonObject o, string name) => o[name]?.GetValue<double>();

    private static List<string> Texts(JsonObject o, string name) => o[name]?.AsArray().Select(v => (string)v!).ToList() ?? [];

    private static IEnumerable<JsonObject> List(JsonObject root, string name) =>
        root[name]?.AsArray().Select(n => n!.AsObject()) ?? [];

    private static JsonObject Copy(JsonNode? node) => node?.DeepClone().AsObject() ?? [];
}
