using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Faults.Kinds;

internal static class ChunkReading
{
    /// <summary>A chunk without text, calls, role or finish_reason.</summary>
    public static bool SaysNothing(JsonObject chunk) =>
        chunk["choices"] is not JsonArray choices
        || choices.OfType<JsonObject>().All(choice => choice["delta"] is not JsonObject { Count: > 0 } && choice["finish_reason"] is null);

    public static bool Finishes(JsonObject chunk) =>
        chunk["choices"] is JsonArray choices && choices.OfType<JsonObject>().Any(choice => choice["finish_reason"] is not null);
}
