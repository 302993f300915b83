using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CBorg.Bench;

/// <summary>The prepared replies.</summary>
internal static class Canned
{
    public const string Key = "sk-bench-0000000000000000";

    public const string Headers =
        "x-litellm-call-id: 00000000-0000-0000-0000-000000000000\r\nx-litellm-model-id: d1\r\nx-litellm-response-cost: 4.1e-05\r\n";

    public static byte[] Models { get; } =
        Utf8(
            """{"data":[{"model_name":"m","litellm_params":{"model":"openai/m"},"model_info":{"id":"d1","mode":"chat","input_cost_per_token":1e-06,"output_cost_per_token":4e-06}}]}"""
        );

    public static byte[] Chat { get; } =
        Utf8(
            """{"id":"c","created":1790000000,"model":"m","object":"chat.completion","choices":[{"finish_reason":"stop","index":0,"message":{"content":"After A comes B.","role":"assistant"}}],"usage":{"completion_tokens":6,"prompt_tokens":17,"total_tokens":23}}"""
        );

    public static byte[] Stream(int chunks) =>
        Utf8(
            string.Concat(
                Enumerable
                    .Range(0, chunks)
                    .Select(i =>
                        $$$"""data: {"id":"chatcmpl-1","created":1790000000,"model":"m","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":" word{{{i}}}"}}]}"""
                        + "\n\n"
                    )
            )
                + """data: {"id":"chatcmpl-1","created":1790000000,"model":"m","object":"chat.completion.chunk","choices":[{"finish_reason":"stop","index":0,"delta":{}}]}"""
                + "\n\n"
                + """data: {"id":"chatcmpl-1","created":1790000000,"model":"m","object":"chat.completion.chunk","choices":[{"index":0,"delta":{}}],"usage":{"completion_tokens":6,"prompt_tokens":17,"total_tokens":23}}"""
                + "\n\ndata: [DONE]\n\n"
        );

    public static byte[] Embeddings(int count, int dimension)
    {
        Random random = new(7);
        StringBuilder text = new("""{"object":"list","model":"m","data":[""");
        for (int i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $$"""{"object":"embedding","index":{{i}},"embedding":[""");
            for (int d = 0; d < dimension; d++)
            {
                text.Append(d == 0 ? "" : ",")
                    .Append(((random.NextDouble() * 2) - 1).ToString("R", CultureInfo.InvariantCulture));
            }

            text.Append("]}");
        }

        return Utf8(text.Append("""],"usage":{"prompt_tokens":4,"total_tokens":4}}""").ToString());
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
