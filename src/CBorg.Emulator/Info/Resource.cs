using System.IO;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Info;

/// <summary>The data files of the information routes, built into the assembly.</summary>
internal static class Resource
{
    public static JsonObject Read(string name) => TryRead("info/" + name) ?? throw new FileNotFoundException($"'{name}' is not built in.");

    public static JsonObject? TryRead(string logicalName)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(logicalName);
        return stream is null ? null : JsonNode.Parse(stream)!.AsObject();
    }
}
