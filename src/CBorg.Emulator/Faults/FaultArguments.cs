using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CBorg.Emulator.Faults;

/// <summary>What follows a fault's name: <c>:value</c> and <c>:name=value</c>.</summary>
internal sealed class FaultArguments(string fault, IReadOnlyList<KeyValuePair<string, string>> given)
{
    public IEnumerable<string> Names => given.Select(argument => argument.Key);

    public IEnumerable<KeyValuePair<string, string>> Headers =>
        given.Where(argument => argument.Key.StartsWith("header.", StringComparison.Ordinal))
            .Select(argument => KeyValuePair.Create(argument.Key["header.".Length..], argument.Value));

    public bool Has(string name) => given.Any(argument => argument.Key == name);

    public string? Text(string name) => given.LastOrDefault(argument => argument.Key == name).Value;

    public int Whole(string name, int otherwise)
    {
        var text = Text(name);
        return text is null ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FaultScriptError($"'{fault}' needs a whole number for '{name}', not '{text}'.");
    }

    public TimeSpan? Milliseconds(string name) => Has(name) ? TimeSpan.FromMilliseconds(Whole(name, 0)) : null;

    public string OneOf(string name, string otherwise, params string[] allowed)
    {
        var text = Text(name) ?? otherwise;
        return allowed.Contains(text) ? text : throw new FaultScriptError($"'{fault}' knows for '{name}' only {string.Join(", ", allowed)}, not '{text}'.");
    }
}
