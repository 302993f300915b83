using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;

namespace CBorg.Binding;

/// <summary>Takes PowerShell's wrapping off values: what goes on is dictionaries, lists, texts, numbers.</summary>
internal static class PlainValues
{
    /// <summary>The value itself; a custom object stays one.</summary>
    public static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>The value with everything in it plain; custom objects become ordered dictionaries.</summary>
    public static object? From(object? value) => Unwrap(value) switch
    {
        null => null,
        SwitchParameter flag => (bool)flag,
        string text => text,
        byte[] bytes => bytes,
        IDictionary dictionary => FromDictionary(dictionary),
        PSObject row => FromProperties(row),
        IEnumerable list => FromList(list),
        { } plain => plain,
    };

    public static IDictionary FromDictionary(IDictionary dictionary)
    {
        OrderedDictionary result = [];
        foreach (DictionaryEntry entry in dictionary)
        {
            result.Add(entry.Key, From(entry.Value));
        }

        return result;
    }

    private static OrderedDictionary FromProperties(PSObject row)
    {
        OrderedDictionary result = [];
        foreach (PSPropertyInfo property in row.Properties)
        {
            result.Add(property.Name, From(property.Value));
        }

        return result;
    }

    private static List<object?> FromList(IEnumerable list)
    {
        List<object?> result = [];
        foreach (object? item in list)
        {
            result.Add(From(item));
        }

        return result;
    }
}
