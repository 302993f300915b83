using System.Text;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Chat;

/// <summary>Sends a stream event by event, and keeps the books at its end.</summary>
internal sealed class ChatStream(Proxy proxy, LlmCall llm, IConversationForm form) : IDisposable
{
    private readonly StreamTranslator _translator = new(llm);
    private readonly CancellationTokenSource _ended = new();
    private string? _replyId;

    public void Dispose() => _ended.Dispose();

    public async Task RunAsync(ProviderReply reply)
    {
        if (reply is not ProviderStream stream)
        {
            throw new InvalidOperationException("The provider did not stream.");
        }

        await using var pieces = _translator.TranslateAsync(stream.Events, _ended.Token).GetAsyncEnumerator(_ended.Token);
        var more = await NextAsync(pieces, CancellationToken.None);
        if (more?.Error is { } error)
        {
            await FailAtStartAsync(reply, error);
            return;
        }

        var leftBefore = proxy.Personality.Streams.StopsWithClient && llm.Call.Aborted.IsCancellationRequested;
        new LlmHeaders(llm).SetStream(reply);
        llm.Call.Http.Response.ContentType = "text/event-stream; charset=utf-8";
        while (more is { Chunk: { } chunk })
        {
            _replyId ??= (string?)chunk["id"];
            AddCost(chunk);
            await SendAsync(form.Chunk(chunk));
            more = await NextAsync(pieces, proxy.Personality.Streams.StopsWithClient ? llm.Call.Aborted : CancellationToken.None);
        }

        new Books(proxy, llm).Close(_replyId, leftBefore ? _translator.UsageOfPrompt : _translator.Usage);
        await SendAsync(more?.Error is { } late ? [form.Error(late)] : form.End());
    }

    /// <summary>The next piece; the error of a provider that fell silent; null at the end, or when the client's leaving is
    /// one.</summary>
    private async Task<StreamPiece?> NextAsync(IAsyncEnumerator<StreamPiece> pieces, CancellationToken left)
    {
        if (left.IsCancellationRequested)
        {
            return null;
        }

        using var silence = new CancellationTokenSource(TimeSpan.FromSeconds(llm.Timeout), proxy.World.Clock);
        await using var onSilence = silence.Token.UnsafeRegister(_ => _ended.Cancel(), null);
        await using var onLeaving = left.UnsafeRegister(_ => _ended.Cancel(), null);
        try
        {
            return await pieces.MoveNextAsync() ? pieces.Current : null;
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested)
        {
            return StreamPiece.Of(_translator.Stalled());
        }
    }

    private async Task FailAtStartAsync(ProviderReply reply, ProxyError error)
    {
        new LlmHeaders(llm).SetStream(reply);
        new Books(proxy, llm).Fail();
        if (proxy.Personality.Streams.ErrorBeforeFirstChunkIsEvent)
        {
            llm.Call.Http.Response.StatusCode = error.Status;
            llm.Call.Http.Response.ContentType = "text/event-stream; charset=utf-8";
            await SendAsync([form.Error(error)]);
            return;
        }

        await llm.Call.ReplyAsync(ErrorReply.Envelope(error), error.Status);
    }

    private void AddCost(JsonObject chunk)
    {
        if (proxy.Personality.Streams.UsageHasCost && chunk["usage"] is JsonObject usage)
        {
            var cost = Pricing.Of(llm.Deployment!, usage).Total;
            if (cost > 0)
            {
                usage["cost"] = Json.Float(cost);
            }
        }
    }

    /// <summary>Each event leaves at once; nothing is written to a client that has gone.</summary>
    private async Task SendAsync(IEnumerable<string> events)
    {
        if (llm.Call.Aborted.IsCancellationRequested)
        {
            return;
        }

        try
        {
            foreach (var text in events)
            {
                await llm.Call.Http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), llm.Call.Aborted);
                await llm.Call.Http.Response.Body.FlushAsync(llm.Call.Aborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The books are kept to the end all the same.
        }
    }
}
