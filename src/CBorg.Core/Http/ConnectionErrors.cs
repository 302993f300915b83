using System;
using System.Net.Sockets;
using System.Security.Authentication;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>
/// Tells why no reply came: the name, the connection, its encryption, or a server that took the request and said nothing.
/// </summary>
internal static class ConnectionErrors
{
    /// <param name="exception">What the HTTP stack threw.</param>
    /// <param name="noFirstByte">Whether the request had been sent, and the time for the first byte is over.</param>
    /// <param name="baseAddress">Who was asked.</param>
    /// <param name="options">The times.</param>
    /// <param name="attempt">The request's number within its call.</param>
    public static CBorgException Of(
        Exception exception,
        bool noFirstByte,
        Uri baseAddress,
        ConnectionOptions options,
        int attempt
    )
    {
        string host = baseAddress.IsDefaultPort ? baseAddress.Host : baseAddress.Authority;
        ErrorFacts facts = new() { Host = host, Attempts = attempt };
        Exception cause = exception.GetBaseException();
        return exception switch
        {
            OperationCanceledException when noFirstByte => Create(
                ErrorKind.FirstByteTimeout,
                $"{host} took the request but began no reply within {TimeText.Duration(options.FirstByteTimeout)} "
                    + "(Connect-CBorg -FirstByteTimeoutSec)."
            ),
            OperationCanceledException => Create(
                ErrorKind.ConnectTimeout,
                $"{host} did not accept a connection within {TimeText.Duration(options.ConnectTimeout)} "
                    + "(Connect-CBorg -ConnectTimeoutSec)."
            ),
            _ when cause is AuthenticationException => Create(
                ErrorKind.TlsFailed,
                $"{ErrorTable.Of(ErrorKind.TlsFailed).What(null, facts)} {host}: {cause.Message}"
            ),
            _ when IsUnknownName(cause) => Create(ErrorKind.ConnectionFailed, $"The name {baseAddress.Host} cannot be resolved."),
            _ => Create(ErrorKind.ConnectionFailed, Redaction.Clean($"No answer from {host}: {cause.Message}", null)),
        };

        CBorgException Create(ErrorKind kind, string message) => Failures.Create(kind, message, null, facts, exception);
    }

    private static bool IsUnknownName(Exception cause) =>
        cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain };
}
