using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Info;

/// <summary>
/// The shapes of one generation, from shapes.json: a member's usual value, or <c>{"is", "since", "until"}</c> where not all generations have it.
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
