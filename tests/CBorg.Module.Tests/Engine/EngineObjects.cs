using System.Management.Automation;

namespace CBorg.Module.Tests.Engine;

/// <summary>Reads objects as a script does, by name: the module's types belong to the module, not to its tests.</summary>
internal static class EngineObjects
{
    public static object? Get(this PSObject item, string name) =>
        item.Properties[name]?.Value is PSObject wrapped ? wrapped.BaseObject : item.Properties[name]?.Value;

    public static T? Get<T>(this PSObject item, string name) => (T?)item.Get(name);

    public static string? Text(this PSObject item, string name) => item.Get(name)?.ToString();
}
