using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Resilience;
using CBorg.Core.Wire;

namespace CBorg.Core.Embeddings;

/// <summary>Turns texts into vectors, as many a request as the server takes.</summary>
internal sealed class EmbeddingService(CallRunner runner)
{
    private const int LongestBody = 512 * 1024 * 1024;

    /// <summary>Texts that are too long by themselves do not keep the others from being embedded; they are named in the failure at the end.</summary>
    public async Task EmbedAsync(EmbeddingRequest request, Func<Embedding, Task> onEmbedding, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        EmbeddingChecks.Check(request);
        BatchSizer sizer = new(request.Texts);
        List<(int Place, CBorgException Refusal)> tooLong = [];
        while (sizer.Next() is { } batch)
        {
            IReadOnlyList<Embedding> embeddings;
            try
            {
                embeddings = await SendAsync(request, batch, onEvent, cancellationToken).ConfigureAwait(false);
            }
            catch (CBorgException refusal) when (BatchSizer.IsWorthHalving(batch, refusal))
            {
                sizer.Halve(batch, refusal);
                Tell(onEvent, CallEventKind.Detail, $"{batch.Count} texts at once were refused ({refusal.Kind}): sending fewer");
                continue;
            }
            catch (CBorgException refusal) when (batch.Count == 1 && BatchSizer.IsAboutSize(refusal))
            {
                tooLong.Add((batch.Start, refusal));
                sizer.Skip(batch);
                continue;
            }

            sizer.Sent(batch);
            await HandOverAsync(embeddings, onEmbedding).ConfigureAwait(false);
            WarnOfDimension(request, batch, embeddings[0], onEvent);
        }

        if (tooLong.Count > 0)
        {
            throw EmbeddingChecks.TooLong(request, tooLong);
        }
    }

    private Task<IReadOnlyList<Embedding>> SendAsync(EmbeddingRequest request, Batch batch, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        Outgoing outgoing = new()
        {
            Method = "POST",
            Path = "/embeddings",
            Body = EmbeddingBody.Build(request, batch),
            Model = request.Model,
            Estimate = new TokenEstimate(batch.Characters, Answers: false),
            Timeout = request.Timeout,
            QueueTimeCounts = request.QueueTimeCounts,
        };
        return runner.RunAsync(outgoing, (reply, token) => ReadAsync(reply, request, batch, token), onEvent, cancellationToken);
    }

    private static async Task<IReadOnlyList<Embedding>> ReadAsync(Reply reply, EmbeddingRequest request, Batch batch, CancellationToken token)
    {
        ArraySegment<byte> body = await reply.ReadAsync(LongestBody, token).ConfigureAwait(false);
        try
        {
            EmbeddingReply answer = EmbeddingReply.Read(body);
            reply.Taken = answer.Tokens is { } tokens ? new TokensUsed(tokens, 0) : null;
            reply.OnRead?.Invoke();
            float[][] vectors = answer.InOrder(batch.Count);
            return Embeddings(request, batch, vectors, answer.Tokens);
        }
        catch (JsonException e)
        {
            JsonException fault = JsonFault.Told(e);
            CBorgException unreadable = JsonCaller.Unreadable(reply, body, fault);
            throw Failures.Create(unreadable.Kind, $"{unreadable.Message} ({fault.Message})", unreadable.Advice, unreadable.Facts, fault);
        }
    }

    private static Embedding[] Embeddings(EmbeddingRequest request, Batch batch, float[][] vectors, long? tokens)
    {
        Embedding[] embeddings = new Embedding[batch.Count];
        TokenShares shares = new(tokens, batch.Characters);
        for (int i = 0; i < embeddings.Length; i++)
        {
            string text = request.Texts[batch.Start + i];
            embeddings[i] = new Embedding { Text = text, Kind = request.Kind, Model = request.Model, Tokens = shares.Next(text.Length), Vector = vectors[i] };
        }

        return embeddings;
    }

    private static async Task HandOverAsync(IReadOnlyList<Embedding> embeddings, Func<Embedding, Task> onEmbedding)
    {
        foreach (Embedding embedding in embeddings)
        {
            await onEmbedding(embedding).ConfigureAwait(false);
        }
    }

    private static void WarnOfDimension(EmbeddingRequest request, Batch batch, Embedding first, Action<CallEvent>? onEvent)
    {
        if (batch.Start == 0 && request.Dimensions is { } asked && asked != first.Dimension)
        {
            Tell(onEvent, CallEventKind.Warning, $"{request.Model} made vectors of {first.Dimension} numbers although {asked} were asked for.");
        }
    }

    private static void Tell(Action<CallEvent>? onEvent, CallEventKind kind, string message) => onEvent?.Invoke(new CallEvent { Kind = kind, Message = message });
}
