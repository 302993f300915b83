namespace CBorg;

// The provider, the proxy, and the gateway in front of it.
internal static partial class ErrorTable
{
    private static ErrorRow[] Services =>
        [
            new(
                ErrorKind.Unexpected,
                Fault.Unknown,
                FailureScope.Call,
                ErrorRetry.No,
                "NotSpecified",
                Any,
                "The request failed.",
                $"If it lasts, tell {Support} the call's id."
            ),
            new(
                ErrorKind.ProviderRefused,
                Fault.Provider,
                FailureScope.Call,
                ErrorRetry.No,
                "ResourceUnavailable",
                Service,
                "The provider behind {model} refuses the proxy. Your own key is in order.",
                $"Take another model, and tell {Support} the call's id."
            ),
            new(
                ErrorKind.ProviderQuota,
                Fault.Provider,
                FailureScope.Call,
                ErrorRetry.No,
                "QuotaExceeded",
                Service,
                "The proxy's account with the provider behind {model} is used up. Your own budget is not the cause.",
                $"Take another model, and tell {Support}."
            ),
            new(
                ErrorKind.ProviderFault,
                Fault.Provider,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "ResourceUnavailable",
                Service,
                "The provider behind {model} failed.{wait}",
                "Try again, or take another model."
            )
            {
                Breaks = FailureScope.Route,
            },
            new(
                ErrorKind.ProviderTimeout,
                Fault.Provider,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "OperationTimeout",
                Timeout,
                "The provider behind {model} was silent too long.",
                "Try again, ask for less at once, or take another model."
            ),
            new(
                ErrorKind.ProxyFault,
                Fault.Proxy,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "ResourceUnavailable",
                Service,
                "The proxy itself failed.{wait}",
                $"Try again later; if it lasts, tell {Support} the call's id."
            )
            {
                Breaks = FailureScope.Route,
            },
            new(
                ErrorKind.InvalidResponse,
                Fault.Proxy,
                FailureScope.Call,
                ErrorRetry.No,
                "InvalidData",
                Protocol,
                "The answer cannot be read.",
                "Check that the address is that of a LiteLLM proxy: Test-CBorgConnection."
            )
            {
                Variant = new(
                    facts => facts.StatusCode is >= 300 and < 400,
                    ErrorRetry.No,
                    "The server answered with a redirection, which is not followed: it would carry the key along.",
                    "Check the address given to Connect-CBorg -BaseUri or $env:CBORG_BASE_URL, and the path."
                ),
            },
            new(
                ErrorKind.EdgeBlocked,
                Fault.Edge,
                FailureScope.Service,
                ErrorRetry.No,
                "PermissionDenied",
                Authentication,
                "The gateway in front of the proxy blocked the request.",
                $"Off the Laboratory's network authorise your address at {KeyPage}, or use the VPN; on it, "
                    + "https://api-local.cborg.lbl.gov goes around the gateway."
            ),
            new(
                ErrorKind.EdgeFault,
                Fault.Edge,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "ResourceUnavailable",
                Service,
                "The gateway could not reach the proxy.{wait}",
                "The service may be down for maintenance; try again later."
            )
            {
                Breaks = FailureScope.Service,
            },
        ];
}
