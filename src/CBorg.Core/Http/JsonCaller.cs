using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Resilience;
using CBorg.Core.Wire;

namespace CBorg.Core.Http;

/// <summary>Calls routes that answer with one JSON body; what all the small services are made of.</summary>
internal sealed class JsonCaller(CallRunner runner)
{
    public Task<T> GetAsync<T>(
        string path,
        Func<JsonElement, T> map,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => SendAsync(new CallRequest { Path = path }, map, onEvent, cancellationToken);

    /// <exception cref="CBorgProtocolException">The reply is not JSON.</exception>
    public Task<T> SendAsync<T>(
        CallRequest request,
        Func<JsonElement, T> map,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => SendAsync(request, (_, root) => map(root), onEvent, cancellationToken);

    /// <inheritdoc cref="SendAsync{T}(CallRequest, Func{JsonElement, T}, Action{CallEvent}?, CancellationToken)"/>
    public Task<T> SendAsync<T>(
        CallRequest request,
        Func<ReplyHeaders, JsonElement, T> map,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => runner.RunAsync(request, new JsonReader<T>(map), onEvent, cancellationToken);

    public static CBorgException Unreadable(Reply reply, ArraySegment<byte> body, Exception? inner)
    {
        // Cleaned before it is cut: half a key is not recognised.
        string text = Redaction.Clean(Encoding.UTF8.GetString(body.Array!, body.Offset, Math.Min(body.Count, 4096)), reply.Key);
        string start = text.Length > 200 ? text.Substring(0, 200) + "..." : text;
        string what = $"The answer of {reply.Host} is not what was asked for ({reply.ContentType}). It begins: {start}";
        return Failures.Create(ErrorKind.InvalidResponse, what, null, reply.Facts(), inner);
    }

    private sealed class JsonReader<T>(Func<ReplyHeaders, JsonElement, T> map) : ReplyReader<T>
    {
        private const int LongestBody = 64 * 1024 * 1024;

        [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
        public override async Task<ReplyReading> ReadAsync(Reply reply, CancellationToken deadline)
        {
            ArraySegment<byte> body = await reply.ReadAsync(LongestBody, deadline).ConfigureAwait(false);
            try
            {
                using JsonDocument document = LooseText.Parse(body);
                return new ValueReading<T>(map(reply.Headers, document.RootElement));
            }
            catch (JsonException e)
            {
                throw Unreadable(reply, body, JsonFault.Told(e));
            }
        }
    }
}
