namespace CBorg;

// The line between here and the service, and what takes too long on it.
internal static partial class ErrorTable
{
    private const string CheckNetwork = "Check the network or VPN: Test-CBorgConnection says where it fails.";

    private static ErrorRow[] Network =>
        [
            new(
                ErrorKind.ConnectionFailed,
                Fault.Network,
                FailureScope.Service,
                ErrorRetry.Backoff,
                "ConnectionError",
                Connection,
                "There was no connection, or it broke before an answer.",
                CheckNetwork
            )
            {
                Breaks = FailureScope.Service,
            },
            new(
                ErrorKind.TlsFailed,
                Fault.Network,
                FailureScope.Service,
                ErrorRetry.No,
                "ConnectionError",
                Connection,
                "No trusted connection could be made.",
                "Check the address, this machine's clock and certificates, and whatever inspects traffic on the way."
            ),
            new(
                ErrorKind.ConnectTimeout,
                Fault.Network,
                FailureScope.Service,
                ErrorRetry.Backoff,
                "OperationTimeout",
                Timeout,
                "Connecting took too long.",
                CheckNetwork
            )
            {
                Breaks = FailureScope.Service,
            },
            new(
                ErrorKind.FirstByteTimeout,
                Fault.Proxy,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "OperationTimeout",
                Timeout,
                "The request was sent, and no reply began in time.",
                "Ask for a stream or for less at once, or allow more time. "
                    + "The service may still work on the request, and charge for it."
            )
            {
                Breaks = FailureScope.Route,
            },
            new(
                ErrorKind.SilenceTimeout,
                Fault.Proxy,
                FailureScope.Call,
                ErrorRetry.Backoff,
                "OperationTimeout",
                Timeout,
                "The server said nothing for too long in the middle of a reply.",
                "Try again, or take another model."
            ),
            new(
                ErrorKind.CallTimeout,
                Fault.Unknown,
                FailureScope.Call,
                ErrorRetry.Never,
                "OperationTimeout",
                Timeout,
                "The whole call took longer than allowed, waits included.",
                "Allow more with -TimeoutSec, or ask for less at once. A call that was under way may still be billed."
            ),
            new(
                ErrorKind.StreamInterrupted,
                Fault.Unknown,
                FailureScope.Call,
                ErrorRetry.Never,
                "ReadError",
                Any,
                "The stream broke after text had arrived.",
                "What arrived is in the error's TargetObject. Asking again costs anew."
            ),
        ];
}
