using System.Text.Json;

namespace CBorg.Module.Tests.Engine.Stub;

/// <summary>Bodies in the form that a LiteLLM proxy gives them.</summary>
internal static class StubReplies
{
    public const string CallId = "7f3c1e52-0000-4000-8000-000000000001";

    public const string CallHeaders =
        "x-litellm-call-id: " + CallId + "\r\nx-litellm-model-id: dep-priced\r\nx-litellm-version: 1.81.9\r\n";

    /// <summary>A priced model, a free one of the Laboratory, one of vectors, one with a name that needs quotes.</summary>
    public const string Catalog = """
        {"data":[
          {"model_name":"priced","litellm_params":{"model":"openai/gpt-x"},"model_info":{"id":"dep-priced","mode":"chat","litellm_provider":"openai","max_input_tokens":128000,"max_output_tokens":16384,
            "input_cost_per_token":2e-06,"output_cost_per_token":8e-06,"supports_vision":true,"supports_function_calling":true,"supports_prompt_caching":true,"supports_reasoning":null}},
          {"model_name":"lbl/cborg-chat","litellm_params":{"model":"hosted_vllm/llama"},"model_info":{"id":"dep-free","mode":"chat","litellm_provider":"hosted_vllm","input_cost_per_token":0,"output_cost_per_token":0}},
          {"model_name":"lbl/nomic-embed-text","litellm_params":{"model":"hosted_vllm/nomic"},"model_info":{"id":"dep-embed","mode":"embedding","input_cost_per_token":0,"output_cost_per_token":0}},
          {"model_name":"odd name (beta)","litellm_params":{"model":"openai/odd"},"model_info":{"id":"dep-odd","mode":"chat","input_cost_per_token":1e-06,"output_cost_per_token":1e-06}}
        ]}
        """;

    public const string UsageChunk =
        """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""";

    public static string Chunk(string? text, string? finish)
    {
        string delta = text is null ? "{}" : $$"""{"content":{{JsonSerializer.Serialize(text)}} }""";
        return $$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{JsonSerializer.Serialize(finish)}} }]}""";
    }

    public static string Body(string text, string finish) =>
        $$"""
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-x","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15},
            "choices":[{"index":0,"message":{"role":"assistant","content":{{JsonSerializer.Serialize(
                text
            )}} },"finish_reason":{{JsonSerializer.Serialize(finish)}} }]}
            """;
}
