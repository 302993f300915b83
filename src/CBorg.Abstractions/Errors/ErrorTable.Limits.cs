namespace CBorg;

// Limits of the proxy, of the provider and of the gateway.
internal static partial class ErrorTable
{
    private static ErrorRow[] Limits =>
        [
            new(
                ErrorKind.RequestLimit,
                Fault.Limit,
                FailureScope.Call,
                ErrorRetry.Window,
                "LimitsExceeded",
                Limit,
                "The limit of requests a minute is reached.{wait}",
                "Send fewer requests at once; the window lasts a minute."
            ),
            new(
                ErrorKind.TokenLimit,
                Fault.Limit,
                FailureScope.Call,
                ErrorRetry.Window,
                "LimitsExceeded",
                Limit,
                "The limit of tokens a minute is reached.{wait}",
                "Lower -MaxTokens, or send fewer requests at once; the window lasts a minute."
            )
            {
                Variant = new(
                    facts => facts.RateLimit?.NeverFits == true,
                    ErrorRetry.No,
                    "This request alone is larger than the limit of {limit} tokens a minute.",
                    "Shorten the prompt or lower -MaxTokens; it can never pass as it is."
                ),
            },
            new(
                ErrorKind.ParallelLimit,
                Fault.Limit,
                FailureScope.Call,
                ErrorRetry.Permit,
                "LimitsExceeded",
                Limit,
                "Too many calls of this key are in flight.",
                "Let some end first; other programs with the same key count too."
            ),
            new(
                ErrorKind.ProviderLimit,
                Fault.Provider,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "LimitsExceeded",
                Limit,
                "The provider behind {model} limits its rate.{wait}",
                "Try again later, or take another model."
            ),
            new(
                ErrorKind.Resting,
                Fault.Provider,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "ResourceUnavailable",
                Limit,
                "All deployments of {model} rest after failures.{wait}",
                "Try again in a while, or take another model."
            ),
            new(
                ErrorKind.EdgeLimit,
                Fault.Edge,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "LimitsExceeded",
                Limit,
                "The gateway in front of the proxy limits the rate.{wait}",
                "Send fewer requests at once; on the Laboratory's network https://api-local.cborg.lbl.gov goes around it."
            ),
        ];
}
