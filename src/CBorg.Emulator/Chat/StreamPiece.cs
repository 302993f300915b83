using System.Text.Json.Nodes;
using CBorg.Emulator.Server;

namespace CBorg.Emulator.Chat;

/// <summary>What goes to the client next: a chunk, or the error that ends the stream.</summary>
internal sealed record StreamPiece(JsonObject? Chunk, ProxyError? Error)
{
    public static StreamPiece Of(JsonObject chunk) => new(chunk, null);

    public static StreamPiece Of(ProxyError error) => new(null, error);
}
