using System.Management.Automation;

namespace CBorg.Errors;

/// <summary>Turns failures into error records. The ErrorId is the kind's name.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(CBorgException exception, object? input)
    {
        object? target = exception is CBorgStreamException broken ? broken.Partial : input;
        string text = string.IsNullOrEmpty(exception.Advice) ? exception.Message : $"{exception.Message} {exception.Advice}";
        return new ErrorRecord(exception, exception.Kind.ToString(), CategoryOf(exception.Kind), target)
        {
            // Views of some versions show a RecommendedAction, others do not; in the text everybody sees it, once.
            ErrorDetails = new ErrorDetails(text),
        };
    }

    /// <summary>Whether the next input could only fail of the same: then the pipeline ends, and nothing is asked in vain.</summary>
    public static bool EndsEverything(CBorgException failure) => failure.Stops >= FailureScope.Key;

    public static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.KeyMissing or ErrorKind.KeyUnknown or ErrorKind.KeyExpired => ErrorCategory.AuthenticationError,
        ErrorKind.KeyBlocked or ErrorKind.AddressNotAllowed or ErrorKind.ModelNotAllowed or ErrorKind.RouteNotAllowed or ErrorKind.EdgeBlocked => ErrorCategory.PermissionDenied,
        ErrorKind.ModelNotFound or ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.Budget or ErrorKind.ProviderQuota => ErrorCategory.QuotaExceeded,
        ErrorKind.RequestLimit or ErrorKind.TokenLimit or ErrorKind.ParallelLimit or ErrorKind.ProviderLimit or ErrorKind.EdgeLimit or ErrorKind.ContextWindow or ErrorKind.RequestTooLarge =>
            ErrorCategory.LimitsExceeded,
        ErrorKind.BadRequest or ErrorKind.ContentPolicy => ErrorCategory.InvalidArgument,
        ErrorKind.Resting or ErrorKind.ProviderRefused or ErrorKind.ProviderFault or ErrorKind.ProxyFault or ErrorKind.EdgeFault => ErrorCategory.ResourceUnavailable,
        ErrorKind.ConnectionFailed or ErrorKind.TlsFailed => ErrorCategory.ConnectionError,
        ErrorKind.ProviderTimeout or ErrorKind.ConnectTimeout or ErrorKind.FirstByteTimeout or ErrorKind.SilenceTimeout or ErrorKind.CallTimeout => ErrorCategory.OperationTimeout,
        ErrorKind.InvalidResponse => ErrorCategory.InvalidData,
        ErrorKind.StreamInterrupted => ErrorCategory.ReadError,
        _ => ErrorCategory.NotSpecified,
    };
}
