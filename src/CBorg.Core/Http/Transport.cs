using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
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
    /// <param name="outgoing">The request.</param>
    /// <param name="attempt">Its number within the call, from 1.</param>
    /// <param name="cancellationToken">The caller's stop, or the end of the call's time.</param>
    /// <param name="onSent">Called when the body of the request has been handed to the line; never for one without a body.</param>
    public async Task<Reply> SendAsync(Outgoing outgoing, int attempt, CancellationToken cancellationToken, Action? onSent = null)
    {
        string? key = options.ApiKey()?.Trim();
        if (outgoing.Authorize && string.IsNullOrEmpty(key))
        {
            ErrorFacts facts = new() { Host = baseAddress.Host, Attempts = attempt - 1 };
            (_, string advice) = FailureTexts.For(ErrorKind.KeyMissing, null, facts);
            throw Failures.Create(ErrorKind.KeyMissing, "There is no API key.", advice, facts);
        }

        using SendPatience patience = new(clock, options, outgoing.Body is not null, cancellationToken);
        using HttpRequestMessage request = Build(outgoing, outgoing.Authorize ? key : null, patience.Sent + onSent);
        TimeSpan sentAt = clock.Elapsed;
        try
        {
            HttpResponseMessage response = await _invoker.SendAsync(request, patience.Token).ConfigureAwait(false);
            return new Reply(response, ReplyHeaders.From(response, key), attempt, sentAt, key, stream => new SilenceGuard(stream, options.SilenceTimeout, clock));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // A line that breaks while it is being given up is no news.
            cancellationToken.ThrowIfCancellationRequested();
            throw NoReply.Failure(e, patience.NoFirstByte, baseAddress, options, attempt);
        }
    }

    private HttpRequestMessage Build(Outgoing outgoing, string? key, Action onSent)
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
            request.Content = new SentContent(outgoing.Body, onSent);
        }

        return request;
    }
}
