using System;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;
using CBorg.Core.Resilience;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>Reads a successful reply to a chat request, whichever form it has: one JSON body or an event stream.</summary>
internal sealed class ChatReader(Reply reply, ChatRequest request, IClock clock, Func<ChatDelta, Task>? onDelta)
{
    private const int LongestBody = 256 * 1024 * 1024;
    private const int LongestStart = 200;

    private static readonly TimeSpan s_endTimeout = TimeSpan.FromSeconds(1);

    private readonly ChatAccumulator _answer = new();
    private readonly ReplyText _raw = new(reply.Key);
    private bool _rawKept = true;
    private int _pieces;
    private long _characters;
    private bool _done;

    public TimeSpan? FirstTokenAt { get; private set; }

    public ChatAccumulator Answer => _answer;

    /// <summary>The reply as it came. Null when it has been read to a good end by somebody who does not want that.</summary>
    public string? Raw => _rawKept ? _raw.ToString() : null;

    /// <summary>What has arrived, estimated: nobody tells the tokens of a stream before its end.</summary>
    public long Tokens => _answer.Usage?.CompletionTokens ?? _characters / 4;

    /// <exception cref="CBorgException">The answer is an error, broken, or unreadable. Of kind StreamInterrupted (with what
    /// arrived) once anything visible had come.</exception>
    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await (reply.IsEventStream ? ReadStreamAsync(cancellationToken) : ReadBodyAsync(cancellationToken)).ConfigureAwait(false);
        if (!request.IncludeRaw)
        {
            _rawKept = false;
            _raw.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task ReadBodyAsync(CancellationToken cancellationToken)
    {
        ArraySegment<byte> body = await reply.ReadAsync(LongestBody, cancellationToken).ConfigureAwait(false);
        try
        {
            if (LooksLikeEvents(body))
            {
                using MemoryStream whole = new(body.Array!, body.Offset, body.Count);
                await ReadEventsAsync(whole, cancellationToken).ConfigureAwait(false);
                return;
            }

            _raw.Take(body);
            using JsonDocument document = LooseText.Parse(body);
            if (document.RootElement.Member("error") is not null)
            {
                throw Failures.OfEvent(reply, _raw.ToString(), request.Model, clock.UtcNow);
            }

            (string text, string reasoning) = _answer.Add(document.RootElement);
            if (!_answer.HasChoices)
            {
                throw Unreadable("holds no choices", null);
            }

            await ShowAsync(text, reasoning).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw Unreadable("is not JSON", JsonFault.Told(e));
        }
    }

    /// <summary>Something on the way may have lost the content type of a stream.</summary>
    private static bool LooksLikeEvents(ArraySegment<byte> body)
    {
        string start = Encoding
            .UTF8.GetString(body.Array!, body.Offset, Math.Min(body.Count, 16))
            .TrimStart('\uFEFF', '\r', '\n');
        return start.StartsWith(':')
            || start.StartsWith("data:", StringComparison.Ordinal)
            || start.StartsWith("event:", StringComparison.Ordinal);
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task ReadStreamAsync(CancellationToken cancellationToken)
    {
        using Stream line = await reply.OpenAsync(cancellationToken).ConfigureAwait(false);
        using CancellationTokenRegistration stop = reply.CloseOn(cancellationToken);
        await ReadEventsAsync(line, cancellationToken).ConfigureAwait(false);
        await ReadToEndAsync(line, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A line that has been read to its end can serve the next call; the end is normally a few bytes away.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task ReadToEndAsync(Stream line, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = clock.CancelAfter(s_endTimeout, cancellationToken);
        byte[] rest = new byte[1024];
        try
        {
            while (await line.ReadAsync(rest.AsMemory(), timeout.Token).ConfigureAwait(false) > 0) { }
        }
        catch (Exception e)
            when (e is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task ReadEventsAsync(Stream line, CancellationToken cancellationToken)
    {
        EventStreamParser events = new();
        try
        {
            int count;
            do
            {
                count = await line.ReadAsync(events.Room(), cancellationToken).ConfigureAwait(false);
                events.Filled(count);
                while (!_done && events.Next())
                {
                    await TakeAsync(events.EventType, events.Data).ConfigureAwait(false);
                }
            } while (!_done && count > 0);
        }
        catch (EventStreamTooLongException e)
        {
            Broken(
                Failures.Create(
                    ErrorKind.InvalidResponse,
                    $"The answer of {reply.Host} {e.What}.",
                    "Ask for a shorter answer.",
                    reply.Facts(),
                    e
                )
            );
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Broken(reply.Broken(e));
        }

        if (!_done && !_answer.Finished)
        {
            Broken(
                Failures.Create(
                    ErrorKind.ProviderFault,
                    "The stream ended before the answer did.",
                    "Try again, or take another model.",
                    reply.Facts()
                )
            );
        }

        if (!_answer.HasChoices)
        {
            throw Unreadable("holds no choices", null);
        }
    }

    private Task TakeAsync(string eventType, ArraySegment<byte> data)
    {
        _raw.Add(data);
        if (data.Count == 0)
        {
            return Task.CompletedTask;
        }

        if (data.AsSpan().StartsWith("[DONE]"u8))
        {
            _done = true;
            return Task.CompletedTask;
        }

        JsonDocument chunk;
        try
        {
            chunk = LooseText.Parse(data);
        }
        catch (JsonException e)
        {
            Broken(
                Failures.Create(
                    ErrorKind.ProviderFault,
                    "The stream holds something that is not JSON.",
                    "Try again.",
                    reply.Facts(),
                    JsonFault.Told(e)
                )
            );
            return Task.CompletedTask;
        }

        using (chunk)
        {
            return TakeAsync(eventType, chunk.RootElement);
        }
    }

    private Task TakeAsync(string eventType, JsonElement chunk)
    {
        if (chunk.Member("error") is not null || eventType == "error")
        {
            // An error after the end is the server's trouble (its book-keeping), not the answer's.
            Broken(Failures.OfEvent(reply, chunk.GetRawText(), request.Model, clock.UtcNow));
            _done = true;
            return Task.CompletedTask;
        }

        (string text, string reasoning) = _answer.Add(chunk);
        _pieces++;
        _characters += text.Length + reasoning.Length;
        if (_answer.HasContent)
        {
            FirstTokenAt ??= clock.Elapsed;
        }

        return ShowAsync(text, reasoning);
    }

    /// <summary>Whoever watches gets all the text in pieces, even when it came in one.</summary>
    private Task ShowAsync(string text, string reasoning) =>
        onDelta is null || (text.Length == 0 && reasoning.Length == 0)
            ? Task.CompletedTask
            : onDelta(
                new ChatDelta
                {
                    Text = text,
                    Reasoning = reasoning,
                    Model = request.Model,
                    Count = _pieces,
                }
            );

    /// <summary>A complete answer stands whatever comes after it; a piece of one is kept; before the first text it is a
    /// failure like any other.</summary>
    private void Broken(CBorgException failure)
    {
        if (_answer.Finished)
        {
            _done = true;
            return;
        }

        throw _answer.HasContent ? new StreamBroken(failure) : failure;
    }

    private CBorgException Unreadable(string what, Exception? inner)
    {
        ErrorFacts facts = reply.Facts();
        string whole = _raw.ToString();
        string start = Redaction.Clean(whole.Length > LongestStart ? whole.Substring(0, LongestStart) + "..." : whole, reply.Key);
        return Failures.Create(
            ErrorKind.InvalidResponse,
            $"The answer of {reply.Host} {what} ({reply.ContentType}). It begins: {start}",
            null,
            facts,
            inner
        );
    }
}
