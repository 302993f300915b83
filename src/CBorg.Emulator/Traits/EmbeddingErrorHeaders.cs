namespace CBorg.Emulator.Traits;

internal enum EmbeddingErrorHeaders
{
    None,
    WithoutCallId,
    Full,
}
