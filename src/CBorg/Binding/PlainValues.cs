using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;

namespace CBorg.Binding;

/// <summary>Takes PowerShell's wrapping off values: what goes on is dictionaries, lists, texts, numbers.</summary>
internal static class PlainValues
{
    // As deep as JSON readers go. What goes deeper most likely holds itself.
    private const int Deepest = 64;

    /// <summary>The value itself; a custom object stays one.</summary>
    public static object? Unwrap(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>The value with everything in it plain; custom objects become ordered dictionaries.</summary>
    /// <exception cref="CBorgRequestException">It holds something that JSON cannot.</exception>
    public static object? From(object? value) => From(value, 0);

    /// <inheritdoc cref="From(object?)"/>
    public static IDictionary FromDictionary(IDictionary dictionary) => FromDictionary(dictionary, 0);

    private static object? From(object? value, int depth) =>
        depth > Deepest
            ? throw Refused($"The values are more than {Deepest} deep.", "An object that holds itself cannot be sent.")
            : Unwrap(value) switch
            {
                null => null,
                SwitchParameter flag => (bool)flag,
                string text => text,
                byte[] bytes => bytes,
                IDictionary dictionary => FromDictionary(dictionary, depth),
                PSObject row => FromProperties(row, depth),
                IEnumerable list => FromList(list, depth),
                double number when double.IsNaN(number) || double.IsInfinity(number) => throw Refused(
                    $"JSON has no number {number}.",
                    "Leave it out."
                ),
                float number when float.IsNaN(number) || float.IsInfinity(number) => throw Refused(
                    $"JSON has no number {number}.",
                    "Leave it out."
                ),
                Enum or Guid or Uri or Version => Unwrap(value)!.ToString(),
                TimeSpan span => span.ToString(),
                { } plain when plain.GetType().IsPrimitive || plain is decimal or DateTime or DateTimeOffset => plain,
                { } other => throw Refused(
                    $"A {other.GetType().Name} cannot be sent as JSON.",
                    "Give hashtables, custom objects, lists, texts and numbers: pick the properties that you mean with Select-Object."
                ),
            };

    private static OrderedDictionary FromDictionary(IDictionary dictionary, int depth)
    {
        OrderedDictionary result = [];
        foreach (DictionaryEntry entry in dictionary)
        {
            result.Add(entry.Key, From(entry.Value, depth + 1));
        }

        return result;
    }

    private static OrderedDictionary FromProperties(PSObject row, int depth)
    {
        OrderedDictionary result = [];
        foreach (PSPropertyInfo property in row.Properties)
        {
            result.Add(property.Name, From(property.Value, depth + 1));
        }

        return result;
    }

    private static List<object?> FromList(IEnumerable list, int depth)
    {
        List<object?> result = [];
        foreach (object? item in list)
        {
            result.Add(From(item, depth + 1));
        }

        return result;
    }

    private static CBorgRequestException Refused(string message, string advice) => new(ErrorKind.BadRequest, message, advice);
}
