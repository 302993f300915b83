using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>Reads a successful reply to a chat request, whichever form it has: one JSON body or an event stream.</summary>
internal sealed class ChatReader(Reply reply, ChatRequest request, IClock clock, Func<ChatDelta, Task>? onDelta)
{
    private const int LongestBody = 256 * 1024 * 1024;

    private static readonly TimeSpan s_endPatience = TimeSpan.FromSeconds(1);
    private static readonly byte[] s_done = Encoding.ASCII.GetBytes("[DONE]");

    private readonly ChatAccumulator _answer = new();
    private readonly MemoryStream _raw = new();
    private int _pieces;
    private long _characters;
    private bool _done;

    public TimeSpan? FirstTokenAt { get; private set; }

    public ChatAccumulator Answer => _answer;

    public string Raw => Redaction.CleanOwn(Encoding.UTF8.GetString(_raw.GetBuffer(), 0, (int)_raw.Length), reply.Key);

    /// <summary>What has arrived, estimated: nobody tells the tokens of a stream before its end.</summary>
    public long Tokens => _answer.Usage?.CompletionTokens ?? _characters / 4;

    /// <exception cref="CBorgException">The answer is an error, broken, or unreadable. Of kind StreamInterrupted (with what arrived) once anything visible had come.</exception>
    public Task ReadAsync(CancellationToken cancellationToken) => reply.IsEventStream ? ReadStreamAsync(cancellationToken) : ReadBodyAsync(cancellationToken);

    private async Task ReadBodyAsync(CancellationToken cancellationToken)
    {
        ArraySegment<byte> body = await reply.ReadAsync(LongestBody, cancellationToken).ConfigureAwait(false);
        _raw.Write(body.Array!, body.Offset, body.Count);
        try
        {
            if (LooksLikeEvents(body))
            {
                _raw.SetLength(0);
                using MemoryStream whole = new(body.Array!, body.Offset, body.Count);
                await ReadEventsAsync(whole, cancellationToken).ConfigureAwait(false);
                return;
            }

            using JsonDocument document = LooseText.Parse(body);
            if (document.RootElement.Member("error") is not null)
            {
                throw Failures.OfEvent(reply, Raw, request.Model, clock.UtcNow);
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
        string start = Encoding.UTF8.GetString(body.Array!, body.Offset, Math.Min(body.Count, 16)).TrimStart('\uFEFF', '\r', '\n');
        return start.StartsWith(':') || start.StartsWith("data:", StringComparison.Ordinal) || start.StartsWith("event:", StringComparison.Ordinal);
    }

    private async Task ReadStreamAsync(CancellationToken cancellationToken)
    {
        using Stream line = await reply.OpenAsync(cancellationToken).ConfigureAwait(false);
        using CancellationTokenRegistration stop = reply.CloseOn(cancellationToken);
        await ReadEventsAsync(line, cancellationToken).ConfigureAwait(false);
        await ReadToEndAsync(line, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A line that has been read to its end can serve the next call; the end is normally a few bytes away.</summary>
    private async Task ReadToEndAsync(Stream line, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = clock.CancelAfter(s_endPatience, cancellationToken);
        byte[] rest = new byte[1024];
        try
        {
            while (await line.ReadAsync(rest.AsMemory(), patience.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task ReadEventsAsync(Stream line, CancellationToken cancellationToken)
    {
        try
        {
            SseParser<JsonDocument?> events = SseParser.Create(line, ParseEvent);
            await foreach (SseItem<JsonDocument?> item in events.EnumerateAsync(cancellationToken).ConfigureAwait(false))
            {
                using JsonDocument? document = item.Data;
                await TakeAsync(item.EventType, document).ConfigureAwait(false);
                if (_done)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Broken(reply.Broken(e));
        }

        if (!_done && !_answer.Finished)
        {
            Broken(Failures.Create(ErrorKind.ProviderFault, "The stream ended before the answer did.", "Try again, or take another model.", reply.Facts()));
        }

        if (!_answer.HasChoices)
        {
            throw Unreadable("holds no choices", null);
        }
    }

    private JsonDocument? ParseEvent(string eventType, ReadOnlySpan<byte> data)
    {
        _raw.Write(data.ToArray(), 0, data.Length);
        _raw.WriteByte((byte)'\n');
        if (data.StartsWith(s_done))
        {
            _done = true;
            return null;
        }

        try
        {
            return data.IsEmpty ? null : LooseText.Parse(new ArraySegment<byte>(data.ToArray()));
        }
        catch (JsonException e)
        {
            Broken(Failures.Create(ErrorKind.ProviderFault, "The stream holds something that is not JSON.", "Try again.", reply.Facts(), JsonFault.Told(e)));
            return null;
        }
    }

    private async Task TakeAsync(string eventType, JsonDocument? document)
    {
        if (document is null)
        {
            return;
        }

        JsonElement root = document.RootElement;
        if (root.Member("error") is not null || eventType == "error")
        {
            // An error after the end is the server's trouble (its book-keeping), not the answer's.
            Broken(Failures.OfEvent(reply, root.GetRawText(), request.Model, clock.UtcNow));
            _done = true;
            return;
        }

        (string text, string reasoning) = _answer.Add(root);
        _pieces++;
        _characters += text.Length + reasoning.Length;
        if (_answer.HasContent)
        {
            FirstTokenAt ??= clock.Elapsed;
        }

        await ShowAsync(text, reasoning).ConfigureAwait(false);
    }

    /// <summary>Whoever watches gets all the text in pieces, even when it came in one.</summary>
    private Task ShowAsync(string text, string reasoning) => onDelta is null || (text.Length == 0 && reasoning.Length == 0)
        ? Task.CompletedTask
        : onDelta(new ChatDelta { Text = text, Reasoning = reasoning, Model = request.Model, Count = _pieces });

    /// <summary>A complete answer stands whatever comes after it; a piece of one is kept; before the first text it is a failure like any other.</summary>
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
        string start = Redaction.Clean(Raw.Length > 200 ? Raw.Substring(0, 200) + "..." : Raw, reply.Key);
        return Failures.Create(ErrorKind.InvalidResponse, $"The answer of {reply.Host} {what} ({reply.ContentType}). It begins: {start}", null, facts, inner);
    }
}
