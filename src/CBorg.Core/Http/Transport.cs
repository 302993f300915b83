using System.Runtime.CompilerServices;
using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>Sends one request once. Every header is set per request, the key is asked for at the last moment, and each failure to get an answer gets its kind.</summary>
internal sealed class Transport(IEndpoint endpoint, HttpStack stack, ConnectionOptions options, IClock clock)
{
    /// <summary>The address that a call would begin with, as far as is known.</summary>
    public Uri BaseAddress => endpoint.Current.Address;

    /// <summary>Returns when the headers have arrived, whatever the status.</summary>
    /// <param name="outgoing">The request.</param>
    /// <param name="attempt">Its number within the call, from 1.</param>
    /// <param name="cancellationToken">The caller's stop, or the end of the call's time.</param>
    /// <param name="onSent">Called when the body of the request has been handed to the line; never for one without a body.</param>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<Reply> SendAsync(Outgoing outgoing, int attempt, CancellationToken cancellationToken, Action? onSent = null)
    {
        string? key = options.ApiKey()?.Trim();
        if (outgoing.Authorize && string.IsNullOrEmpty(key))
        {
            ErrorFacts facts = new() { Host = BaseAddress.Host, Attempts = attempt - 1 };
            (_, string advice) = FailureTexts.For(ErrorKind.KeyMissing, null, facts);
            throw Failures.Create(ErrorKind.KeyMissing, "There is no API key.", advice, facts);
        }

        Uri address = outgoing.Address ??= (await endpoint.ChooseAsync(cancellationToken).ConfigureAwait(false)).Address;
        using SendPatience patience = new(clock, options, outgoing.Body is not null, cancellationToken);
        using HttpRequestMessage request = Build(outgoing, address, outgoing.Authorize ? key : null, patience.Sent + onSent);
#if NET
        request.Options.Set(HttpHandlerFactory.GivenUp, cancellationToken);
#endif
        TimeSpan sentAt = clock.Elapsed;
        try
        {
            HttpResponseMessage response = await stack.For(address).SendAsync(request, patience.Token).ConfigureAwait(false);
            return new Reply(response, ReplyHeaders.From(response, key), attempt, sentAt, key, stream => new IdleTimeoutStream(stream, options.SilenceTimeout, clock));
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

            throw NoReply.Failure(e, patience.NoFirstByte, address, options, attempt);
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

    private static HttpRequestMessage Build(Outgoing outgoing, Uri address, string? key, Action onSent)
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
            request.Content = new SentContent(outgoing.Body, onSent);
        }

        return request;
    }
}
