namespace CBorg;

// What the key may do, and what is left of its budget.
internal static partial class ErrorTable
{
    private static ErrorRow[] Account =>
        [
            new(
                ErrorKind.KeyMissing,
                Fault.Key,
                FailureScope.Key,
                ErrorRetry.No,
                "AuthenticationError",
                Authentication,
                "There is no API key, or none reached the server.",
                "Set $env:CBORG_API_KEY, or run: Connect-CBorg -ApiKey (Read-Host -AsSecureString 'API key')"
            ),
            new(
                ErrorKind.KeyUnknown,
                Fault.Key,
                FailureScope.Key,
                ErrorRetry.No,
                "AuthenticationError",
                Authentication,
                "{host} does not know this API key.",
                $"Check that the key belongs to this address and was copied whole; make a new one at {KeyPage}."
            ),
            new(
                ErrorKind.KeyExpired,
                Fault.Key,
                FailureScope.Key,
                ErrorRetry.No,
                "AuthenticationError",
                Authentication,
                "The API key has expired.",
                $"Make a new one at {KeyPage} and set $env:CBORG_API_KEY."
            ),
            new(
                ErrorKind.KeyBlocked,
                Fault.Key,
                FailureScope.Key,
                ErrorRetry.No,
                "PermissionDenied",
                Authentication,
                "The API key is blocked.",
                $"Ask {Support} why, or make a new one at {KeyPage}."
            ),
            new(
                ErrorKind.AddressNotAllowed,
                Fault.Key,
                FailureScope.Service,
                ErrorRetry.No,
                "PermissionDenied",
                Authentication,
                "The proxy does not accept requests from this network address.",
                $"Use the Laboratory's network or VPN, or authorise your address at {KeyPage}."
            ),
            new(
                ErrorKind.ModelNotAllowed,
                Fault.Key,
                FailureScope.Call,
                ErrorRetry.No,
                "PermissionDenied",
                Authentication,
                "This key may not use {model}.",
                "Get-CBorgModel lists the models that it may use."
            ),
            new(
                ErrorKind.RouteNotAllowed,
                Fault.Key,
                FailureScope.Route,
                ErrorRetry.No,
                "PermissionDenied",
                Authentication,
                "This key may not call this route.",
                "Keys can be limited to some routes, and some routes are for administrators. "
                    + "Get-CBorgKey shows what this one may do, unless that is denied too."
            ),
            new(
                ErrorKind.Budget,
                Fault.Budget,
                FailureScope.Key,
                ErrorRetry.Never,
                "QuotaExceeded",
                Budget,
                "The budget is used up.",
                $"Nothing helps before it starts anew, and free models stop too. Get-CBorgSpend shows when; {Support} can raise it."
            )
            {
                Variant = new(
                    facts => facts.Stops == FailureScope.Model,
                    ErrorRetry.Never,
                    "The budget of {model} is used up.",
                    $"Take another model; other models have budgets of their own. {Support} can raise it."
                ),
            },
        ];
}
