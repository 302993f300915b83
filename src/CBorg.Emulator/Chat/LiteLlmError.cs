using CBorg.Emulator.Server;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Chat;

/// <summary>Errors that LiteLLM's router passes on, in its words.</summary>
internal static class LiteLlmError
{
    public static ProxyError Of(
        Personality personality,
        int status,
        string message,
        string model,
        string? param = null,
        string? oldType = null) => new(
        status,
        personality.Errors.TypeFollowsStatus ? TypeOf(status) : oldType,
        message + Received(model),
        param);

    public static string Received(string model) => $". Received Model Group={model}\nAvailable Model Group Fallbacks=None";

    public static string ContextHint(string model) =>
        $"\nmodel={model}. context_window_fallbacks=None. fallbacks=None.\n\n" + SetFallback("context_window_fallback");

    public static string PolicyHint(string model) =>
        $"\nmodel={model}. content_policy_fallback=None. fallbacks=None.\n\n" + SetFallback("content_policy_fallback");

    private static string SetFallback(string name) => $"Set '{name}' - https://docs.litellm.ai/docs/routing#fallbacks";

    public static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        429 => "throttling_error",
        >= 500 => "internal_server_error",
        _ => "invalid_request_error",
    };
}
