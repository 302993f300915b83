namespace CBorg.Binding;

/// <summary>LiteLLM's words for what a model can do.</summary>
public sealed class CapabilityCompleter : WordCompleter
{
    /// <summary>The words.</summary>
    public CapabilityCompleter()
        : base(
            "vision",
            "function_calling",
            "parallel_function_calling",
            "tool_choice",
            "response_schema",
            "prompt_caching",
            "reasoning",
            "pdf_input",
            "audio_input",
            "audio_output",
            "web_search",
            "computer_use",
            "system_messages",
            "assistant_prefill",
            "url_context"
        ) { }
}
