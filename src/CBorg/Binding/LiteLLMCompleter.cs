namespace CBorg.Binding;

/// <summary>The versions of LiteLLM that were recorded. The emulator is others too.</summary>
public sealed class LiteLLMCompleter : WordCompleter
{
    /// <summary>The versions.</summary>
    public LiteLLMCompleter()
        : base("1.77", "1.81", "1.102") { }
}
