namespace CBorg.Emulator.Providers;

internal enum ProviderRoute
{
    Chat,
    Embeddings,
    Completions,
    Responses,
}
