using System;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>For each kind of failure what happened, in a sentence, and what to do next. The one place where these texts live.</summary>
internal static class FailureTexts
{
    /// <summary>Where CBorg's keys are made and addresses authorised, whichever of its addresses is in use.</summary>
    public const string KeyPage = ConnectionOptions.DefaultBaseUri + "/key/manage";

    private const string Support = "scienceit@lbl.gov";

    public static (string What, string Advice) For(ErrorKind kind, string? model, ErrorFacts facts)
    {
        string named = string.IsNullOrEmpty(model) ? "the model" : $"'{model}'";
        string wait = facts.RetryAfter is { } delay ? $" The server asks to wait {Math.Ceiling(delay.TotalSeconds):0} s." : "";
        return kind switch
        {
            ErrorKind.KeyMissing => (
                "No API key reached the server.",
                "Set $env:CBORG_API_KEY, or run: Connect-CBorg -ApiKey (Read-Host -AsSecureString 'API key')"),
            ErrorKind.KeyUnknown => (
                $"{facts.Host} does not know this API key.",
                $"Check that the key belongs to this address and was copied whole; make a new one at {KeyPage}."),
            ErrorKind.KeyExpired => ("The API key has expired.", $"Make a new one at {KeyPage} and set $env:CBORG_API_KEY."),
            ErrorKind.KeyBlocked => ("The API key is blocked.", $"Ask {Support} why, or make a new one at {KeyPage}."),
            ErrorKind.AddressNotAllowed => (
                "The proxy does not accept requests from this network address.",
                $"Use the Laboratory's network or VPN, or authorise your address at {KeyPage}."),
            ErrorKind.ModelNotAllowed => ($"This key may not use {named}.", "Get-CBorgModel lists the models that it may use."),
            ErrorKind.RouteNotAllowed => (
                "This key may not call this route.",
                "Keys can be limited to some routes, and some routes are for administrators. Get-CBorgKey shows what this one may do, unless that is denied too."),
            ErrorKind.ModelNotFound => ($"There is no model {named}.", "Names are exact and case-sensitive: Get-CBorgModel lists them."),
            ErrorKind.NotFound => ("The server has no such thing.", "Check the path and the method."),
            ErrorKind.Budget => (
                "The budget is used up.",
                $"Nothing helps before it starts anew, and free models stop too. Get-CBorgSpend shows when; {Support} can raise it."),
            ErrorKind.RequestLimit => ("The limit of requests a minute is reached." + wait, "Send fewer requests at once; the window lasts a minute."),
            ErrorKind.TokenLimit when LimitTexts.NeverFits(facts.ServerMessage) => (
                $"This request alone is larger than the limit of {LimitTexts.Current(facts.ServerMessage)} tokens a minute.",
                "Shorten the prompt or lower -MaxTokens; it can never pass as it is."),
            ErrorKind.TokenLimit => ("The limit of tokens a minute is reached." + wait, "Lower -MaxTokens, or send fewer requests at once; the window lasts a minute."),
            ErrorKind.ParallelLimit => ("Too many calls of this key are in flight.", "Let some end first; other programs with the same key count too."),
            ErrorKind.ProviderLimit => ($"The provider behind {named} limits its rate." + wait, "Try again later, or take another model."),
            ErrorKind.Resting => ($"All deployments of {named} rest after failures." + wait, "Try again in a while, or take another model."),
            ErrorKind.BadRequest => (
                facts.Param is { } param ? $"The request was not accepted because of '{param}'." : "The request was not accepted.",
                $"Correct the parameter that the server names. Some models refuse -Temperature or want other parameters."),
            ErrorKind.RequestTooLarge => ("The request is too large.", "Shorten the prompt, or send smaller images or fewer of them."),
            ErrorKind.ContextWindow => ($"The prompt is longer than {named} takes.", "Shorten it, or take a model with a larger MaxInputTokens (Get-CBorgModel)."),
            ErrorKind.ContentPolicy => ("A content policy rejected the request.", "Reword it, or take another model."),
            ErrorKind.ProviderRefused => (
                $"The provider behind {named} refuses the proxy. Your own key is in order.",
                $"Take another model, and tell {Support} the call's id."),
            ErrorKind.ProviderQuota => (
                $"The proxy's account with the provider behind {named} is used up. Your own budget is not the cause.",
                $"Take another model, and tell {Support}."),
            ErrorKind.ProviderFault => ($"The provider behind {named} failed." + wait, "Try again, or take another model."),
            ErrorKind.ProviderTimeout => ($"The provider behind {named} was silent too long.", "Try again, ask for less at once, or take another model."),
            ErrorKind.ProxyFault => ("The proxy itself failed." + wait, $"Try again later; if it lasts, tell {Support} the call's id."),
            ErrorKind.EdgeBlocked => (
                "The gateway in front of the proxy blocked the request.",
                $"Off the Laboratory's network authorise your address at {KeyPage}, or use the VPN; on it, https://api-local.cborg.lbl.gov goes around the gateway."),
            ErrorKind.EdgeLimit => ("The gateway in front of the proxy limits the rate." + wait, "Send fewer requests at once; on the Laboratory's network https://api-local.cborg.lbl.gov goes around it."),
            ErrorKind.EdgeFault => ("The gateway could not reach the proxy." + wait, "The service may be down for maintenance; try again later."),
            ErrorKind.TlsFailed => ("No trusted connection could be made.", "Check the address, this machine's clock and certificates, and whatever inspects traffic on the way."),
            ErrorKind.InvalidResponse when facts.StatusCode is >= 300 and < 400 => (
                "The server answered with a redirection, which is not followed: it would carry the key along.",
                "Check the address given to Connect-CBorg -BaseUri or $env:CBORG_BASE_URL, and the path."),
            ErrorKind.InvalidResponse => ("The answer cannot be read.", "Check that the address is that of a LiteLLM proxy: Test-CBorgConnection."),
            _ => ("The request failed.", $"If it lasts, tell {Support} the call's id."),
        };
    }
}
