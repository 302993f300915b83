using System;
using System.Net.Sockets;
using System.Security.Authentication;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>Tells why no reply came: the name, the connection, its encryption, or a server that took the request and said nothing.</summary>
internal static class NoReply
{
    private const string Check = "Check the network or VPN: Test-CBorgConnection says where it fails.";

    /// <param name="exception">What the HTTP stack threw.</param>
    /// <param name="noFirstByte">Whether the request had been sent, and the time for the first byte is over.</param>
    /// <param name="baseAddress">Who was asked.</param>
    /// <param name="options">The times.</param>
    /// <param name="attempt">The request's number within its call.</param>
    public static CBorgException Failure(Exception exception, bool noFirstByte, Uri baseAddress, ConnectionOptions options, int attempt)
    {
        string host = baseAddress.IsDefaultPort ? baseAddress.Host : baseAddress.Authority;
        ErrorFacts facts = new() { Host = host, Attempts = attempt };
        Exception cause = exception.GetBaseException();
        return exception switch
        {
            OperationCanceledException when noFirstByte => Create(
                ErrorKind.FirstByteTimeout,
                $"{host} took the request but began no reply within {TimeText.Duration(options.FirstByteTimeout)} (Connect-CBorg -FirstByteTimeoutSec).",
                "Ask for a stream or for less at once, or allow more time. The service may still work on the request, and charge for it."),
            OperationCanceledException => Create(
                ErrorKind.ConnectTimeout, $"{host} did not accept a connection within {TimeText.Duration(options.ConnectTimeout)} (Connect-CBorg -ConnectTimeoutSec).", Check),
            _ when cause is AuthenticationException => Untrusted(),
            _ when cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
                Create(ErrorKind.ConnectionFailed, $"The name {baseAddress.Host} cannot be resolved.", Check),
            _ => Create(ErrorKind.ConnectionFailed, Redaction.Clean($"No answer from {host}: {cause.Message}", null), Check),
        };

        CBorgException Create(ErrorKind kind, string message, string advice) => Failures.Create(kind, message, advice, facts, exception);

        CBorgException Untrusted()
        {
            (string what, string advice) = FailureTexts.For(ErrorKind.TlsFailed, null, facts);
            return Create(ErrorKind.TlsFailed, $"{what} {host}: {cause.Message}", advice);
        }
    }
}
