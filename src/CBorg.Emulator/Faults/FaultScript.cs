namespace CBorg.Emulator.Faults;

/// <summary>
/// Faults as text: <c>name:value:name=value;name...</c>. Several faults of one reply are parted by semicolons; whatever a
/// value may not
/// hold (: ; = %) is percent-encoded.
/// </summary>
internal sealed class FaultScript
{
    private readonly IReadOnlyList<Func<Fault>> _makers;

    private FaultScript(string text, IReadOnlyList<Func<Fault>> makers) => (Text, _makers) = (text, makers);

    public string Text { get; }

    /// <summary>Fresh faults for one request; they count events.</summary>
    public IReadOnlyList<Fault> Make() => _makers.Select(make => make()).ToList();

    /// <exception cref="FaultScriptError">The script makes no sense; the message says why.</exception>
    public static FaultScript Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            throw new FaultScriptError("The script is empty.");
        }

        var script = new FaultScript(text, parts.Select(ParseFault).ToList());
        script.Make();
        return script;
    }

    private static Func<Fault> ParseFault(string text)
    {
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        var definition =
            FaultDefinition.All.FirstOrDefault(known => known.Name == parts[0])
            ?? throw new FaultScriptError($"There is no fault '{parts[0]}'.");
        var arguments = new FaultArguments(
            definition.Name,
            parts.Skip(1).Where(part => part.Length > 0).Select(part => Argument(definition, part)).ToList()
        );
        foreach (var name in arguments.Names.Where(name => !definition.Takes(name)))
        {
            throw new FaultScriptError(
                $"'{definition.Name}' takes {string.Join(", ", definition.Arguments.DefaultIfEmpty("nothing"))}, not '{name}'."
            );
        }

        return () => definition.Make(arguments);
    }

    private static KeyValuePair<string, string> Argument(FaultDefinition definition, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            return KeyValuePair.Create(text[..equals].Trim(), Uri.UnescapeDataString(text[(equals + 1)..].Trim()));
        }

        // A word alone is the value of the first argument, or switches on the argument that it names.
        return definition.Takes(text)
            ? KeyValuePair.Create(text, "")
            : KeyValuePair.Create(definition.Arguments.FirstOrDefault(text), Uri.UnescapeDataString(text));
    }
}

/// <summary>A fault script that nobody can run.</summary>
internal sealed class FaultScriptError(string message) : Exception(message);

/// <summary>What follows a fault's name: <c>:value</c> and <c>:name=value</c>.</summary>
internal sealed class FaultArguments(string fault, IReadOnlyList<KeyValuePair<string, string>> given)
{
    public IEnumerable<string> Names => given.Select(argument => argument.Key);

    public IEnumerable<KeyValuePair<string, string>> Headers =>
        given
            .Where(argument => argument.Key.StartsWith("header.", StringComparison.Ordinal))
            .Select(argument => KeyValuePair.Create(argument.Key["header.".Length..], argument.Value));

    public bool Has(string name) => given.Any(argument => argument.Key == name);

    public string? Text(string name) => given.LastOrDefault(argument => argument.Key == name).Value;

    public int Whole(string name, int otherwise)
    {
        var text = Text(name);
        return text is null ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FaultScriptError($"'{fault}' needs a whole number for '{name}', not '{text}'.");
    }

    public TimeSpan? Milliseconds(string name) => Has(name) ? TimeSpan.FromMilliseconds(Whole(name, 0)) : null;

    public string OneOf(string name, string otherwise, params string[] allowed)
    {
        var text = Text(name) ?? otherwise;
        return allowed.Contains(text)
            ? text
            : throw new FaultScriptError($"'{fault}' knows for '{name}' only {string.Join(", ", allowed)}, not '{text}'.");
    }
}
