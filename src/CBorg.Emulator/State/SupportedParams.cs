using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Emulator.State;

/// <summary>supported_openai_params: which parameters LiteLLM of a generation passes to a kind of provider.</summary>
internal static class SupportedParams
{
    private static readonly string[] s_openai =
    [
        "frequency_penalty", "logit_bias", "logprobs", "top_logprobs", "max_tokens", "max_completion_tokens", "modalities", "prediction", "n",
        "presence_penalty", "seed", "stop", "stream", "stream_options", "temperature", "top_p", "tools", "tool_choice", "function_call", "functions",
        "max_retries", "extra_headers", "parallel_tool_calls", "audio", "web_search_options",
    ];

    private static readonly string[] s_anthropic =
    [
        "stream", "stop", "temperature", "top_p", "max_tokens", "max_completion_tokens", "tools", "tool_choice", "extra_headers", "parallel_tool_calls",
        "response_format", "user", "web_search_options",
    ];

    private static readonly string[] s_notOfOSeries = ["frequency_penalty", "logprobs", "top_logprobs", "presence_penalty", "top_p", "parallel_tool_calls"];

    public static bool IsOSeries(Deployment deployment) =>
        deployment.Provider is "openai" or "azure" && deployment.ProviderModel is ['o', >= '0' and <= '9', ..];

    public static IReadOnlyList<string> For(Deployment deployment, Personality personality)
    {
        if (deployment.Provider == "anthropic")
        {
            return [.. s_anthropic, .. Thinking(deployment), .. personality.Params.Anthropic];
        }

        IEnumerable<string> list = [.. s_openai, .. personality.Params.OpenAI, "response_format", .. Efforts(deployment, personality)];
        return IsOSeries(deployment) ? list.Except(s_notOfOSeries).ToList() : list.ToList();
    }

    private static string[] Efforts(Deployment deployment, Personality personality) => deployment.Provider switch
    {
        "hosted_vllm" => personality.Params.Hosted,
        "openai" or "azure" when !Reasons(deployment) && !personality.Params.EffortEverywhere => [],
        "openai" or "azure" => ["reasoning_effort"],
        _ => ["reasoning_effort", "thinking"],
    };

    private static string[] Thinking(Deployment deployment) => Reasons(deployment) ? ["thinking", "reasoning_effort"] : [];

    private static bool Reasons(Deployment deployment) => IsOSeries(deployment) || (bool?)deployment.Info["supports_reasoning"] == true;
}
