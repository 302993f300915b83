using System.Runtime.CompilerServices;
using System;
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
    private const int LongestBody = 64 * 1024 * 1024;

    public Task<T> GetAsync<T>(string path, Func<JsonElement, T> map, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        SendAsync(new Outgoing { Path = path }, map, onEvent, cancellationToken);

    public Task<T> PostAsync<T>(string path, JsonNode body, Func<JsonElement, T> map, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        SendAsync(new Outgoing { Method = "POST", Path = path, Body = PlainJson.ToUtf8(body) }, map, onEvent, cancellationToken);

    /// <exception cref="CBorgProtocolException">The reply is not JSON.</exception>
    public Task<T> SendAsync<T>(Outgoing outgoing, Func<JsonElement, T> map, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        runner.RunAsync(outgoing, (reply, token) => ReadAsync(reply, map, token), onEvent, cancellationToken);

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private static async Task<T> ReadAsync<T>(Reply reply, Func<JsonElement, T> map, CancellationToken token)
    {
        ArraySegment<byte> body = await reply.ReadAsync(LongestBody, token).ConfigureAwait(false);
        try
        {
            using JsonDocument document = LooseText.Parse(body);
            return map(document.RootElement);
        }
        catch (JsonException e)
        {
            throw Unreadable(reply, body, JsonFault.Told(e));
        }
    }

    public static CBorgException Unreadable(Reply reply, ArraySegment<byte> body, Exception? inner)
    {
        ErrorFacts facts = reply.Facts();
        (_, string advice) = FailureTexts.For(ErrorKind.InvalidResponse, null, facts);

        // Cleaned before it is cut: half a key is not recognised.
        string text = Redaction.Clean(Encoding.UTF8.GetString(body.Array!, body.Offset, Math.Min(body.Count, 4096)), reply.Key);
        string start = text.Length > 200 ? text.Substring(0, 200) + "..." : text;
        return Failures.Create(ErrorKind.InvalidResponse, $"The answer of {reply.Host} is not what was asked for ({reply.ContentType}). It begins: {start}", advice, facts, inner);
    }
}
