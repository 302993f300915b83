using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CBorg.Emulator.Answers;
using CBorg.Emulator.Answers.Schemas;

namespace CBorg.Emulator.Tests;

/// <summary>Whether a value fits a schema, by the keywords that structured answers use.</summary>
internal sealed class SchemaCheck(JsonNode? root)
{
    private const int DeepestNesting = 64;

    private readonly SchemaResolver _resolver = new(root);
    private int _depth;

    public bool Fits(JsonNode? node, JsonNode? value)
    {
        if (node is not JsonObject || _depth > DeepestNesting)
        {
            return node?.GetValueKind() != JsonValueKind.False;
        }

        _depth++;
        try
        {
            var schema = _resolver.Resolve(node, out _);
            return SchemaTexts.IsOfType(schema["type"], value)
                && IsAllowed(schema, value)
                && FitsOptions(schema, value)
                && FitsKind(schema, value);
        }
        finally
        {
            _depth--;
        }
    }

    private static bool IsAllowed(JsonObject schema, JsonNode? value) =>
        (!schema.ContainsKey("const") || JsonNode.DeepEquals(schema["const"], value))
        && (schema["enum"] is not JsonArray choices || choices.Any(choice => JsonNode.DeepEquals(choice, value)));

    private bool FitsOptions(JsonObject schema, JsonNode? value) =>
        (schema["anyOf"] is not JsonArray any || any.Any(option => Fits(option, value)))
        && (schema["oneOf"] is not JsonArray one || one.Count(option => Fits(option, value)) == 1)
        && (schema["not"] is not { } not || !Fits(not, value));

    private bool FitsKind(JsonObject schema, JsonNode? value) =>
        value switch
        {
            JsonObject members => FitsObject(schema, members),
            JsonArray items => FitsArray(schema, items),
            JsonValue text when text.GetValueKind() == JsonValueKind.String => FitsText(schema, text.ToString()),
            JsonValue number when number.GetValueKind() == JsonValueKind.Number => FitsNumber(schema, Number(number)),
            _ => true,
        };

    private bool FitsObject(JsonObject schema, JsonObject members)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var required = schema["required"] as JsonArray ?? [];
        return required.All(name => members.ContainsKey(name!.ToString()))
            && members.Count >= (schema.Whole("minProperties") ?? 0)
            && members.Count <= (schema.Whole("maxProperties") ?? int.MaxValue)
            && members.All(member =>
                Fits(properties.ContainsKey(member.Key) ? properties[member.Key] : schema["additionalProperties"], member.Value)
            );
    }

    private bool FitsArray(JsonObject schema, JsonArray items)
    {
        var fixedItems = schema["prefixItems"] as JsonArray ?? [];
        return items.Count >= (schema.Whole("minItems") ?? 0)
            && items.Count <= (schema.Whole("maxItems") ?? int.MaxValue)
            && items
                .Select((item, index) => Fits(index < fixedItems.Count ? fixedItems[index] : schema["items"], item))
                .All(fits => fits)
            && (
                schema.Flag("uniqueItems") != true || items.Select(item => item?.ToJsonString()).Distinct().Count() == items.Count
            );
    }

    private static bool FitsText(JsonObject schema, string text) =>
        text.Length >= (schema.Whole("minLength") ?? 0)
        && text.Length <= (schema.Whole("maxLength") ?? int.MaxValue)
        && (
            schema.Text("pattern") is not { } pattern || Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))
        );

    private static bool FitsNumber(JsonObject schema, double number) =>
        number >= (schema.Number("minimum") ?? double.MinValue)
        && number <= (schema.Number("maximum") ?? double.MaxValue)
        && number > (schema.Number("exclusiveMinimum") ?? double.MinValue)
        && number < (schema.Number("exclusiveMaximum") ?? double.MaxValue)
        && (schema.Number("multipleOf") is not { } step || Math.Abs((number / step) - Math.Round(number / step)) < 1e-9);

    private static double Number(JsonNode value) =>
        double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
