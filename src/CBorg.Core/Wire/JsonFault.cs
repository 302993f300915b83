using System.Text.Json;

namespace CBorg.Core.Wire;

/// <summary>Tells where JSON is broken without repeating what stands there: the framework's own words quote it, and it may
/// be the key.</summary>
internal static class JsonFault
{
    public static JsonException Told(JsonException fault) =>
        fault.GetType() == typeof(JsonException)
            ? fault
            : new JsonException(
                $"It is no JSON from line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1} on.",
                null,
                fault.LineNumber,
                fault.BytePositionInLine
            );
}
