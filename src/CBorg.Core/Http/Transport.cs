using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>Sends one request once. Every header is set per request, the key is asked for at the last moment, and each failure to get an answer gets its kind.</summary>
internal sealed class Transport(IEndpoint endpoint, HttpStack stack, ConnectionOptions options, IClock clock)
{
    /// <summary>The address that a call would begin with, as far as is known.</summary>
    public Uri BaseAddress => endpoint.Current.Address;

    /// <summary>Returns when the headers have arrived, whatever the status.</summary>
    public async Task<Reply> SendAsync(Outgoing outgoing, int attempt, CancellationToken cancellationToken)
    {
        string? key = options.ApiKey()?.Trim();
        if (outgoing.Authorize && string.IsNullOrEmpty(key))
        {
            ErrorFacts facts = new() { Host = BaseAddress.Host, Attempts = attempt - 1 };
            (_, string advice) = FailureTexts.For(ErrorKind.KeyMissing, null, facts);
            throw Failures.Create(ErrorKind.KeyMissing, "There is no API key.", advice, facts);
        }

        Uri address = outgoing.Address ??= (await endpoint.ChooseAsync(cancellationToken).ConfigureAwait(false)).Address;
        using HttpRequestMessage request = Build(outgoing, address, outgoing.Authorize ? key : null);
        TimeSpan sentAt = clock.Elapsed;
        try
        {
            HttpResponseMessage response = await stack.For(address).SendAsync(request, cancellationToken).ConfigureAwait(false);
            return new Reply(response, ReplyHeaders.From(response, key), attempt, sentAt, key);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // A line that breaks while it is being given up is no news.
            cancellationToken.ThrowIfCancellationRequested();
            endpoint.Doubt(address);
            if (NeverConnected(e))
            {
                outgoing.Address = null;
            }

            throw NoAnswer(address, e, attempt, clock.Elapsed - sentAt);
        }
    }

    /// <summary>Whether the request cannot have left this machine, so that it may begin anew at another address.</summary>
    private static bool NeverConnected(Exception exception) =>
#if NET
        exception is OperationCanceledException { InnerException: TimeoutException } or HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };
#else
        exception.InnerException is System.Net.WebException
        {
            Status: System.Net.WebExceptionStatus.NameResolutionFailure or System.Net.WebExceptionStatus.ProxyNameResolutionFailure or System.Net.WebExceptionStatus.ConnectFailure
                or System.Net.WebExceptionStatus.TrustFailure or System.Net.WebExceptionStatus.SecureChannelFailure,
        };
#endif

    private static HttpRequestMessage Build(Outgoing outgoing, Uri address, string? key)
    {
        HttpRequestMessage request = HttpStack.Request(new HttpMethod(outgoing.Method), Http.BaseAddress.Route(address, outgoing.Path));
        request.Headers.TryAddWithoutValidation("Accept", outgoing.Stream ? "application/json, text/event-stream" : "application/json");
        if (key is not null && !request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key))
        {
            throw Failures.Create(ErrorKind.KeyMissing, "The API key has characters that cannot be sent.", "Copy it anew, without line breaks or quotation marks.");
        }

        if (outgoing.Limited)
        {
            // Patience is counted here once; retries of the server on top would multiply it.
            request.Headers.TryAddWithoutValidation("x-litellm-num-retries", "0");
        }

        if (outgoing.Body is not null)
        {
            request.Content = new ByteArrayContent(outgoing.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static CBorgException NoAnswer(Uri address, Exception exception, int attempt, TimeSpan after)
    {
        string host = address.IsDefaultPort ? address.Host : address.Authority;
        ErrorFacts facts = new() { Host = host, Attempts = attempt };
        Exception cause = exception.GetBaseException();
        if (exception is OperationCanceledException)
        {
            return Failures.Create(
                ErrorKind.ConnectTimeout, $"{host} did not accept a connection within {after.TotalSeconds:0} s.", "Check the network or VPN: Test-CBorgConnection says where it fails.", facts, exception);
        }

        if (cause is AuthenticationException)
        {
            (string what, string advice) = FailureTexts.For(ErrorKind.TlsFailed, null, facts);
            return Failures.Create(ErrorKind.TlsFailed, $"{what} {host}: {cause.Message}", advice, facts, exception);
        }

        string reason = cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }
            ? $"The name {address.Host} cannot be resolved."
            : $"No answer from {host}: {cause.Message}";
        return Failures.Create(ErrorKind.ConnectionFailed, Redaction.Clean(reason, null), "Check the network or VPN: Test-CBorgConnection says where it fails.", facts, exception);
    }
}
