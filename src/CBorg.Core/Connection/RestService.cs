using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;
using CBorg.Core.Wire;

namespace CBorg.Core.Connection;

/// <summary>Calls any route.</summary>
internal sealed class RestService(CallRunner runner)
{
    public Task<RestResponse> SendAsync(RestRequest request, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        CallRequest call = new()
        {
            Method = request.Method.ToUpperInvariant(),
            Path = request.Path,
            Body = Body(request.Body),
            Timeout = request.Timeout,
        };
        return runner.RunAsync(call, new Reader(), onEvent, cancellationToken);
    }

    private static byte[]? Body(object? body) =>
        body switch
        {
            null => null,
            string json => Encoding.UTF8.GetBytes(json),
            _ => PlainJson.From(body) is { } node ? PlainJson.ToUtf8(node) : null,
        };

    private sealed class Reader : ReplyReader<RestResponse>
    {
        private const int LongestBody = 256 * 1024 * 1024;

        public override async Task<ReplyReading> ReadAsync(Reply reply, CancellationToken deadline)
        {
            ArraySegment<byte> body = await reply.ReadAsync(LongestBody, deadline).ConfigureAwait(false);
            return new ValueReading<RestResponse>(
                new RestResponse
                {
                    StatusCode = reply.Status,
                    ContentType = reply.ContentType,
                    CallId = reply.Headers.CallId,
                    Attempts = reply.Attempt,
                    Headers = reply.Headers.All,
                    Body = Redaction.Clean(Encoding.UTF8.GetString(body.Array!, body.Offset, body.Count), reply.Key),
                }
            );
        }
    }
}
