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
internal sealed class Transport(Uri baseAddress, ConnectionOptions options, IClock clock)
{
    private static readonly ProductInfoHeaderValue s_userAgent = new("CBorg-PowerShell", typeof(Transport).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly HttpMessageInvoker _invoker = HttpPool.Get(baseAddress, options.Proxy, options.ProxyCredential);

    public Uri BaseAddress => baseAddress;

    /// <summary>Returns when the headers have arrived, whatever the status.</summary>
    public async Task<Reply> SendAsync(Outgoing outgoing, int attempt, CancellationToken cancellationToken)
    {
        string? key = options.ApiKey()?.Trim();
        if (outgoing.Authorize && string.IsNullOrEmpty(key))
        {
            ErrorFacts facts = new() { Host = baseAddress.Host, Attempts = attempt - 1 };
            (_, string advice) = FailureTexts.For(ErrorKind.KeyMissing, null, facts);
            throw Failures.Create(ErrorKind.KeyMissing, "There is no API key.", advice, facts);
        }

        using HttpRequestMessage request = Build(outgoing, outgoing.Authorize ? key : null);
        TimeSpan sentAt = clock.Elapsed;
        try
        {
            HttpResponseMessage response = await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return new Reply(response, ReplyHeaders.From(response, key), attempt, sentAt, key);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // A line that breaks while it is being given up is no news.
            cancellationToken.ThrowIfCancellationRequested();
            throw NoAnswer(e, attempt, clock.Elapsed - sentAt);
        }
    }

    private HttpRequestMessage Build(Outgoing outgoing, string? key)
    {
        HttpRequestMessage request = new(new HttpMethod(outgoing.Method), Http.BaseAddress.Route(baseAddress, outgoing.Path))
        {
            Version = new Version(1, 1),
        };
        request.Headers.UserAgent.Add(s_userAgent);
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

    private CBorgException NoAnswer(Exception exception, int attempt, TimeSpan after)
    {
        string host = baseAddress.IsDefaultPort ? baseAddress.Host : baseAddress.Authority;
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
            ? $"The name {baseAddress.Host} cannot be resolved."
            : $"No answer from {host}: {cause.Message}";
        return Failures.Create(ErrorKind.ConnectionFailed, Redaction.Clean(reason, null), "Check the network or VPN: Test-CBorgConnection says where it fails.", facts, exception);
    }
}
