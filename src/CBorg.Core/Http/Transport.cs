using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>
/// Sends one request once. Every header is set per request, the key is asked for at the last moment, and each failure to get an
/// answer gets its kind.
/// </summary>
internal sealed class Transport(IEndpoint endpoint, HttpStack stack, ConnectionOptions options, IClock clock)
{
    /// <summary>The address that a call would begin with, as far as is known.</summary>
    public Uri BaseAddress => endpoint.Current.Address;

    /// <summary>Returns when the headers have arrived, whatever the status.</summary>
    /// <param name="call">
    /// Whose request it is. It is told the address, when the request goes out, and when its body has been handed to the line.
    /// </param>
    /// <param name="deadline">The caller's stop, or the end of the call's time.</param>
    /// <exception cref="CBorgException">There was no reply.</exception>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<Reply> SendAsync(CallContext call, CancellationToken deadline)
    {
        CallRequest asked = call.Request;
        string? own = ApiKeyText.Of(options);
        string? key = asked.Authorize ? own ?? throw NoKey() : null;
        Uri address = call.Address ??= (await endpoint.ChooseAsync(deadline).ConfigureAwait(false)).Address;
        using FirstByteTimeout timeout = new(clock, options, asked.Body is not null, deadline);
        using HttpRequestMessage request = Build(asked, address, key, OnSent);
#if NET
        request.Options.Set(HttpHandlerFactory.GivenUp, deadline);
#endif
        TimeSpan sentAt = clock.Elapsed;
        call.Requests++;
        try
        {
            HttpResponseMessage response = await stack.For(address).SendAsync(request, timeout.Token).ConfigureAwait(false);
            return new Reply(
                response,
                ReplyHeaders.From(response, own),
                call.Attempt,
                sentAt,
                own,
                stream => new IdleTimeoutStream(stream, options.SilenceTimeout, clock)
            );
        }
        catch (Exception e) when (IsNoReply(e))
        {
            // A line that breaks while it is being given up is no news.
            deadline.ThrowIfCancellationRequested();
            endpoint.Doubt(address);
            if (NeverConnected(e))
            {
                call.Address = null;
            }

            throw ConnectionErrors.Of(e, timeout.NoFirstByte, address, options, call.Attempt);
        }

        void OnSent()
        {
            timeout.Sent();
            call.IsSent = true;
        }
    }

    /// <summary>What HTTP stacks throw when there is no reply; what they do not support is a kind of proxy.</summary>
    internal static bool IsNoReply(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException or NotSupportedException;

    private CBorgException NoKey() =>
        Failures.Create(
            ErrorKind.KeyMissing,
            "There is no API key.",
            null,
            new ErrorFacts { Host = BaseAddress.Host, Attempts = 0 }
        );

    /// <summary>Whether the request cannot have left this machine, so that it may begin anew at another address.</summary>
    private static bool NeverConnected(Exception exception) =>
#if NET
        exception
            is OperationCanceledException { InnerException: TimeoutException }
                or HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError
                        or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError,
                };
#else
        exception.InnerException
            is WebException
            {
                Status: WebExceptionStatus.NameResolutionFailure
                    or WebExceptionStatus.ProxyNameResolutionFailure
                    or WebExceptionStatus.ConnectFailure
                    or WebExceptionStatus.TrustFailure
                    or WebExceptionStatus.SecureChannelFailure,
            };
#endif

    private static HttpRequestMessage Build(CallRequest asked, Uri address, string? key, Action onSent)
    {
        HttpRequestMessage request = HttpStack.Request(new HttpMethod(asked.Method), Http.BaseAddress.Route(address, asked.Path));
        string accepted = asked.IsStream ? "application/json, text/event-stream" : "application/json";
        request.Headers.TryAddWithoutValidation("Accept", accepted);
        if (key is not null)
        {
            ApiKeyText.Check(key);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }

        if (asked.IsLimited)
        {
            // Attempts are counted here; retries of the server on top would multiply them.
            request.Headers.TryAddWithoutValidation("x-litellm-num-retries", "0");
        }

        if (asked.Body is not null)
        {
            request.Content = new SentContent(asked.Body, onSent);
        }

        return request;
    }
}
