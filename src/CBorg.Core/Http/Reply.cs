using System;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>A reply whose headers have arrived; its body is still on the line.</summary>
internal sealed class Reply(
    HttpResponseMessage response,
    ReplyHeaders headers,
    int attempt,
    TimeSpan sentAt,
    string? key,
    Func<Stream, Stream> guard
) : IDisposable
{
    public int Status => (int)response.StatusCode;

    public bool IsSuccess => Status is >= 200 and < 300;

    public ReplyHeaders Headers => headers;

    /// <summary>The number of this request within its call, from 1.</summary>
    public int Attempt => attempt;

    /// <summary>When the request went out, by the clock's monotonic time.</summary>
    public TimeSpan SentAt => sentAt;

    /// <summary>The connection's key, whether this request carried it or not, to take it out of whatever the server
    /// echoes.</summary>
    public string? Key => key;

    public string Host => response.RequestMessage?.RequestUri?.Host ?? "";

    public bool IsEventStream => string.Equals(ContentType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    public string? ContentType => response.Content?.Headers.ContentType?.MediaType;

    /// <summary>The body as it comes. Reads of it give up after a while of silence.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<Stream> OpenAsync(CancellationToken cancellationToken) =>
        guard(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));

    public ErrorFacts Facts() =>
        new()
        {
            StatusCode = Status,
            CallId = headers.CallId,
            CfRay = headers.CfRay,
            Host = Host,
            Attempts = attempt,
        };

    /// <summary>
    /// The failure of a line that broke, or fell silent, while the body arrived, or of a body that is not what its headers say.
    /// </summary>
    public CBorgException Broken(Exception exception) =>
        exception switch
        {
            IdleTimeoutException idle => Failures.Create(
                ErrorKind.SilenceTimeout,
                $"{Host} said nothing for {TimeText.Duration(idle.Timeout)} in the middle of its reply "
                    + "(Connect-CBorg -SilenceTimeoutSec).",
                null,
                Facts(),
                exception
            ),
            InvalidDataException => Failures.Create(
                ErrorKind.InvalidResponse,
                $"The answer of {Host} cannot be unpacked: {exception.Message}",
                null,
                Facts(),
                exception
            ),
            _ => Failures.Create(
                ErrorKind.ConnectionFailed,
                $"The line to {Host} broke while the answer arrived: {exception.GetBaseException().Message}",
                "Try again.",
                Facts(),
                exception
            ),
        };

    /// <summary>The whole body, at most <paramref name="limit"/> bytes of it.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<ArraySegment<byte>> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        using Stream stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        using CancellationTokenRegistration stop = CloseOn(cancellationToken);
        long announced = response.Content.Headers.ContentLength ?? 4096;
        byte[] buffer = new byte[(int)Math.Min(Math.Max(announced + 1, 256), limit)];
        int count = 0;
        while (count < limit)
        {
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit));
            }

            int read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        return new ArraySegment<byte>(buffer, 0, count);
    }

    /// <summary>
    /// On .NET Framework a read heeds no token; closing the line does end it. Elsewhere closing under a read is what must not
    /// be done.
    /// </summary>
    public CancellationTokenRegistration CloseOn(CancellationToken cancellationToken) =>
#if NET
        default;
#else
        cancellationToken.Register(Dispose);
#endif

    public void Dispose() => response.Dispose();
}
