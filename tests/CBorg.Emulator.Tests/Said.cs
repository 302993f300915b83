using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Tests;

/// <summary>An answer of the emulator.</summary>
internal sealed record Said(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? ErrorType => (string?)Json["error"]?["type"];

    public string? ErrorMessage => (string?)Json["error"]?["message"];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public int? Number(string header) => Header(header) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
