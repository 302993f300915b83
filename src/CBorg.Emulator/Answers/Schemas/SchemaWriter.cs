using System.Text.Json;

namespace CBorg.Emulator.Answers.Schemas;

/// <summary>Writes an instance that fits a JSON schema.</summary>
internal sealed class SchemaWriter
{
    private const int DeepestNesting = 32;
    private const int DeepestOptional = 5;

    private readonly JsonNode? _root;
    private readonly PromptHints _hints;
    private readonly SchemaResolver _resolver;
    private readonly List<string> _open = [];
    private int _depth;
    private int _variation;

    public SchemaWriter(JsonNode? root, PromptHints hints)
    {
        _root = root;
        _hints = hints;
        _resolver = new SchemaResolver(root);
    }

    /// <summary>Leaves out what is not required and not spoken of in the prompt.</summary>
    public bool OnlyWhatIsKnown { get; init; }

    public JsonNode? Write() => Value(_root, "");

    private JsonNode? Value(JsonNode? node, string name)
    {
        if (node is not JsonObject || _depth >= DeepestNesting)
        {
            return _depth >= DeepestNesting ? null : _hints.Answer ?? "unknown";
        }

        var schema = _resolver.Resolve(node, out var reference);
        _depth++;
        _open.Add(reference ?? "");
        try
        {
            return Resolved(schema, name);
        }
        finally
        {
            _depth--;
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private JsonNode? Resolved(JsonObject schema, string name)
    {
        if (schema.ContainsKey("const"))
        {
            return schema["const"]?.DeepClone();
        }

        if (schema["enum"] is JsonArray { Count: > 0 } choices)
        {
            return SchemaTexts.Choose(choices, schema, _hints, _variation)?.DeepClone();
        }

        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray { Count: > 0 } options)
        {
            return OneOf(schema, options, name);
        }

        return TypeOf(schema) switch
        {
            "object" => Object(schema),
            "array" => List(schema, name),
            "integer" => SchemaNumbers.Make(schema, _hints.NumberFor(name), whole: true, _variation),
            "number" => SchemaNumbers.Make(schema, _hints.NumberFor(name), whole: false, _variation),
            "boolean" => _hints.FlagFor(name) ?? true,
            "null" => null,
            _ => SchemaTexts.Make(schema, name, _hints, _variation),
        };
    }

    private JsonNode? OneOf(JsonObject schema, JsonArray options, string name)
    {
        var bare = schema.DeepClone().AsObject();
        bare.Remove("anyOf");
        bare.Remove("oneOf");
        return Value(SchemaResolver.Merge(bare, options.OfType<JsonObject>().MinBy(Reluctance)), name);
    }

    // null comes late, and what leads back into itself last.
    private int Reluctance(JsonObject option)
    {
        var leadsBack = option["$ref"] is { } reference && _open.Contains(reference.ToString());
        return leadsBack ? 2
            : (string?)(option["type"] as JsonValue) == "null" ? 1
            : 0;
    }

    private JsonObject Object(JsonObject schema)
    {
        var made = new JsonObject();
        var required = (schema["required"] as JsonArray)?.Select(name => name?.ToString()).ToHashSet() ?? [];
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            if (required.Contains(name) || IsWorthHaving(name, member))
            {
                made[name] = Value(member, name);
            }
        }

        foreach (var name in required.OfType<string>().Where(name => !made.ContainsKey(name)))
        {
            made[name] = Value(schema["additionalProperties"] as JsonObject ?? [], name);
        }

        for (var i = 1; made.Count < (schema.Whole("minProperties") ?? 0); i++)
        {
            made[$"key{i}"] = Value(schema["additionalProperties"] as JsonObject ?? [], $"key{i}");
        }

        return made;
    }

    private bool IsWorthHaving(string name, JsonNode? member)
    {
        var leadsBack = member is JsonObject schema && schema["$ref"] is { } reference && _open.Contains(reference.ToString());
        return !leadsBack
            && _depth < DeepestOptional
            && member?.GetValueKind() != JsonValueKind.False
            && (!OnlyWhatIsKnown || _hints.Knows(name));
    }

    private JsonArray List(JsonObject schema, string name)
    {
        var fixedItems = schema["prefixItems"] as JsonArray ?? [];
        var items = schema["items"] ?? schema["contains"];
        var leadsBack = items is JsonObject inner && inner["$ref"] is { } reference && _open.Contains(reference.ToString());
        var known = _hints.ListFor(name);
        var noMore = leadsBack || items?.GetValueKind() == JsonValueKind.False;
        var wanted = Math.Max(fixedItems.Count, noMore ? 0 : Math.Max(1, known.Count));
        var count = Math.Max(schema.Whole("minItems") ?? 0, Math.Min(wanted, schema.Whole("maxItems") ?? int.MaxValue));
        var made = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var itemSchema = i < fixedItems.Count ? fixedItems[i] : items ?? new JsonObject();
            made.Add(
                i < known.Count && SchemaTexts.IsOfType(itemSchema?["type"], known[i]) ? known[i] : Varied(itemSchema, name, i)
            );
        }

        return made;
    }

    private JsonNode? Varied(JsonNode? schema, string name, int index)
    {
        var outer = _variation;
        _variation = index;
        var made = Value(schema, name);
        _variation = outer;
        return made;
    }

    private static string TypeOf(JsonObject schema) =>
        schema["type"] switch
        {
            JsonArray types => types
                .Select(type => type?.ToString() ?? "")
                .OrderBy(type => type == "null")
                .FirstOrDefault("string"),
            JsonValue type => type.ToString(),
            _ when schema.ContainsKey("properties")
                    || schema.ContainsKey("required")
                    || schema.ContainsKey("additionalProperties") => "object",
            _ when schema.ContainsKey("items") || schema.ContainsKey("prefixItems") || schema.ContainsKey("minItems") => "array",
            _ when schema.ContainsKey("minimum") || schema.ContainsKey("maximum") || schema.ContainsKey("multipleOf") => "number",
            _ => "string",
        };
}
