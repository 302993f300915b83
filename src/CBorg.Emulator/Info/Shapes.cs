using System.IO;

namespace CBorg.Emulator.Info;

/// <summary>
/// The shapes of one generation, from shapes.json: a member's usual value, or <c>{"is", "since", "until"}</c> where not all
/// generations have it.
/// </summary>
internal sealed class Shapes
{
    private static readonly JsonObject s_source = Resource.Read("shapes.json");
    private static readonly string[] s_generations = ["1.77", "1.81", "1.102"];

    private readonly Dictionary<string, Shape> _shapes;

    private Shapes(string generation) =>
        _shapes = s_source.ToDictionary(o => o.Key, o => new Shape(Members(o.Value!.AsObject(), generation).ToList()));

    public Shape this[string name] => _shapes[name];

    public static Shapes Of(string generation) => new(generation);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonObject source, string generation)
    {
        foreach (var (name, value) in source)
        {
            if (value is not JsonObject dated || !dated.ContainsKey("is"))
            {
                yield return new(name, value);
            }
            else if (IsWithin(dated, generation))
            {
                yield return new(name, dated["is"]);
            }
        }
    }

    private static bool IsWithin(JsonObject dated, string generation)
    {
        var at = Array.IndexOf(s_generations, generation);
        var since = Array.IndexOf(s_generations, (string?)dated["since"] ?? s_generations[0]);
        var until = Array.IndexOf(s_generations, (string?)dated["until"] ?? s_generations[^1]);
        return since <= at && at <= until;
    }
}

/// <summary>The members of one kind of object in one generation, in their order, with what they are when nobody says
/// otherwise.</summary>
internal sealed class Shape(IReadOnlyList<KeyValuePair<string, JsonNode?>> members)
{
    private readonly HashSet<string> _names = [.. Names(members)];

    public bool Has(string member) => _names.Contains(member);

    /// <summary>An object with the given values; what this generation does not know is left out.</summary>
    public JsonObject With(JsonObject values)
    {
        var result = new JsonObject();
        foreach (var (name, usual) in members)
        {
            result[name] = (values.TryGetPropertyValue(name, out var value) ? value : usual)?.DeepClone();
        }

        return result;
    }

    public JsonObject Empty() => With([]);

    private static IEnumerable<string> Names(IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        foreach (var (name, _) in members)
        {
            yield return name;
        }
    }
}

/// <summary>The data files of the information routes, built into the assembly.</summary>
internal static class Resource
{
    public static JsonObject Read(string name) =>
        TryRead("info/" + name) ?? throw new FileNotFoundException($"'{name}' is not built in.");

    public static JsonObject? TryRead(string logicalName)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(logicalName);
        return stream is null ? null : JsonNode.Parse(stream)!.AsObject();
    }
}
