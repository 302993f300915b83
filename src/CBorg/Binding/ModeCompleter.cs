namespace CBorg.Binding;

/// <summary>LiteLLM's words for what a model is for.</summary>
public sealed class ModeCompleter : WordCompleter
{
    /// <summary>The words.</summary>
    public ModeCompleter()
        : base(
            "chat",
            "completion",
            "responses",
            "embedding",
            "image_generation",
            "audio_transcription",
            "audio_speech",
            "rerank",
            "moderation",
            "ocr",
            "search"
        ) { }
}
