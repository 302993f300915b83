namespace CBorg;

// What is wrong with the request itself.
internal static partial class ErrorTable
{
    private static ErrorRow[] Requests =>
        [
            new(
                ErrorKind.ModelNotFound,
                Fault.Caller,
                FailureScope.Call,
                ErrorRetry.No,
                "ObjectNotFound",
                Request,
                "There is no model{name}.",
                "Names are exact and case-sensitive: Get-CBorgModel lists them."
            ),
            new(
                ErrorKind.NotFound,
                Fault.Caller,
                FailureScope.Call,
                ErrorRetry.No,
                "ObjectNotFound",
                Request,
                "The server has no such route, key or user.",
                "Check the path and the method."
            ),
            new(
                ErrorKind.BadRequest,
                Fault.Caller,
                FailureScope.Call,
                ErrorRetry.No,
                "InvalidArgument",
                Request,
                "The request was not accepted{param}.",
                "Correct the parameter that the server names. Some models refuse -Temperature or want other parameters."
            ),
            new(
                ErrorKind.RequestTooLarge,
                Fault.Caller,
                FailureScope.Call,
                ErrorRetry.No,
                "LimitsExceeded",
                Request,
                "The request is too large.",
                "Shorten the prompt, or send smaller images or fewer of them."
            ),
            new(
                ErrorKind.ContextWindow,
                Fault.Caller,
                FailureScope.Call,
                ErrorRetry.No,
                "LimitsExceeded",
                Request,
                "The prompt is longer than {model} takes.",
                "Shorten it, or take a model with a larger MaxInputTokens (Get-CBorgModel)."
            ),
            new(
                ErrorKind.ContentPolicy,
                Fault.Caller,
                FailureScope.Call,
                ErrorRetry.No,
                "InvalidArgument",
                Request,
                "A content policy rejected the request.",
                "Reword it, or take another model."
            ),
        ];
}
