using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Models;
using CBorg.Core.Resilience;
using static System.FormattableString;

namespace CBorg.Core.Embeddings;

/// <summary>Turns texts into vectors, as many a request as the server takes.</summary>
internal sealed class EmbeddingService(CallRunner runner, ModelCatalog catalog)
{
    /// <summary>
    /// Texts that are too long by themselves do not keep the others from being embedded; they are named in the failure at the
    /// end.
    /// </summary>
    public async Task EmbedAsync(
        EmbeddingRequest request,
        Func<Embedding, Task> onEmbedding,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
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
                Tell(
                    onEvent,
                    CallEventKind.Detail,
                    Invariant($"{batch.Count} texts at once were refused ({refusal.Kind}): sending fewer")
                );
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

    private Task<IReadOnlyList<Embedding>> SendAsync(
        EmbeddingRequest request,
        Batch batch,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        CallRequest asked = new()
        {
            Method = "POST",
            Path = "/embeddings",
            Body = EmbeddingBody.Build(request, batch),
            Model = request.Model,
            Estimate = new TokenEstimate(batch.Characters, Answers: false),
            Timeout = request.Timeout,
            QueueTimeCounts = request.QueueTimeCounts,
        };
        return runner.RunAsync(asked, new EmbeddingReader(request, batch, catalog), onEvent, cancellationToken);
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
            string what = Invariant(
                $"{request.Model} made vectors of {first.Dimension} numbers although {asked} were asked for."
            );
            Tell(onEvent, CallEventKind.Warning, what);
        }
    }

    private static void Tell(Action<CallEvent>? onEvent, CallEventKind kind, string message) =>
        onEvent?.Invoke(new CallEvent { Kind = kind, Message = message });
}
