namespace CBorg.Emulator.Answers.Schemas;

/// <summary>Follows $ref and puts the parts of allOf together, so that a schema can be read in one place.</summary>
internal sealed class SchemaResolver(JsonNode? root)
{
    private const int MostSteps = 20;

    /// <summary>The schema without $ref and allOf; the reference it came by, if any.</summary>
    public JsonObject Resolve(JsonNode? node, out string? reference)
    {
        reference = null;
        var schema = node as JsonObject ?? [];
        for (var step = 0; step < MostSteps && (schema.ContainsKey("$ref") || schema.ContainsKey("allOf")); step++)
        {
            var bare = schema.DeepClone().AsObject();
            bare.Remove("$ref");
            bare.Remove("allOf");
            if (schema["$ref"] is { } target)
            {
                reference ??= target.ToString();
                bare = Merge(bare, Find(target.ToString()));
            }

            schema = (schema["allOf"] as JsonArray ?? []).Aggregate(bare, Merge);
        }

        return schema;
    }

    /// <summary>One schema that asks for what both ask for.</summary>
    public static JsonObject Merge(JsonObject one, JsonNode? other)
    {
        var merged = one.DeepClone().AsObject();
        foreach (var (keyword, value) in other as JsonObject ?? [])
        {
            merged[keyword] = Both(keyword, merged[keyword], value);
        }

        return merged;
    }

    private static JsonNode? Both(string keyword, JsonNode? one, JsonNode? other)
    {
        if (one is null)
        {
            return other?.DeepClone();
        }

        return (keyword, one, other) switch
        {
            ("properties" or "$defs" or "definitions", JsonObject members, JsonObject more) => MergeMembers(members, more),
            ("required" or "allOf", JsonArray names, JsonArray more) => Copy(
                names.Concat(more).DistinctBy(name => name?.ToJsonString())
            ),
            ("enum", JsonArray values, JsonArray more) => Copy(
                values.Where(value => more.Any(same => JsonNode.DeepEquals(same, value)))
            ),
            ("minimum" or "exclusiveMinimum" or "minLength" or "minItems", JsonValue, JsonValue) => Pick(
                one,
                other,
                (a, b) => a > b
            ),
            ("maximum" or "exclusiveMaximum" or "maxLength" or "maxItems", JsonValue, JsonValue) => Pick(
                one,
                other,
                (a, b) => a < b
            ),
            _ => other?.DeepClone(),
        };
    }

    private static JsonArray Copy(IEnumerable<JsonNode?> nodes) => new([.. nodes.Select(node => node?.DeepClone())]);

    private static JsonObject MergeMembers(JsonObject members, JsonObject more)
    {
        var merged = members.DeepClone().AsObject();
        foreach (var (name, schema) in more)
        {
            merged[name] = merged[name] is JsonObject known ? Merge(known, schema) : schema?.DeepClone();
        }

        return merged;
    }

    private static JsonNode Pick(JsonNode one, JsonNode other, Func<double, double, bool> first) =>
        (first(one.GetValue<double>(), other.GetValue<double>()) ? one : other).DeepClone();

    private JsonNode? Find(string reference)
    {
        var found = root;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            found = found switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, out var index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return found;
    }
}
