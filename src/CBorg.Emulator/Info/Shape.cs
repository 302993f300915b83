using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Info;

/// <summary>The members of one kind of object in one generation, in their order, with what they are when nobody says otherwise.</summary>
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
