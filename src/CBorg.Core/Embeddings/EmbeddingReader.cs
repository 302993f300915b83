using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Chat;
using CBorg.Core.Cost;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Models;
using CBorg.Core.Resilience;
using CBorg.Core.Wire;

namespace CBorg.Core.Embeddings;

/// <summary>Reads the vectors of one batch of texts.</summary>
internal sealed class EmbeddingReader(EmbeddingRequest request, Batch batch, ModelCatalog catalog)
    : ReplyReader<IReadOnlyList<Embedding>>
{
    private const int LongestBody = 512 * 1024 * 1024;

    public override async Task<ReplyReading> ReadAsync(Reply reply, CancellationToken deadline)
    {
        ArraySegment<byte> body = await reply.ReadAsync(LongestBody, deadline).ConfigureAwait(false);
        try
        {
            EmbeddingReply answer = EmbeddingReply.Read(body);
            return new Reading(reply, answer, answer.InOrder(batch.Count), catalog);
        }
        catch (JsonException e)
        {
            JsonException fault = JsonFault.Told(e);
            CBorgException unreadable = JsonCaller.Unreadable(reply, body, fault);
            throw Failures.Create(
                unreadable.Kind,
                $"{unreadable.Message} ({fault.Message})",
                unreadable.Advice,
                unreadable.Facts,
                fault
            );
        }
    }

    public override IReadOnlyList<Embedding> Result(ReplyReading reading, CallContext call)
    {
        Reading read = (Reading)reading;
        Embedding[] embeddings = new Embedding[batch.Count];
        TokenShares shares = new(read.Usage?.PromptTokens, batch.Characters);
        for (int i = 0; i < embeddings.Length; i++)
        {
            string text = request.Texts[batch.Start + i];
            embeddings[i] = new Embedding
            {
                Text = text,
                Kind = request.Kind,
                Model = request.Model,
                Tokens = shares.Next(text.Length),
                Vector = read.Vectors[i],
            };
        }

        return embeddings;
    }

    private sealed class Reading : ReplyReading
    {
        public Reading(Reply reply, EmbeddingReply answer, float[][] vectors, ModelCatalog catalog)
        {
            Vectors = vectors;
            if (answer.Tokens is { } tokens)
            {
                Usage = new Usage { PromptTokens = tokens };
                TokensUsed = new TokensUsed(tokens, 0);
            }

            // Only by a catalogue that is at hand: nobody waits for the price of vectors.
            ModelDeployment? deployment = reply.Headers.ModelId is { } id ? catalog.Find(id) : null;
            (Cost, CostSource) = CostLadder.Resolve(reply.Headers, streamed: false, Usage, deployment);
            ResolvedModel = deployment?.UnderlyingModel;
        }

        public float[][] Vectors { get; }
    }
}
