using System.Runtime.CompilerServices;

namespace CBorg.Emulator.Providers;

/// <summary>The provider of a catalogue without scripts: every model answers what the answer machine says.</summary>
internal sealed class AnsweringProvider(EmulatorOptions options, PromptCache cache) : IProvider
{
    private readonly Pace _pace = new(options);

    public async Task<ProviderReply> AskAsync(ProviderRequest request, CancellationToken cancellation)
    {
        var traits = ModelTraits.From(request.Deployment);
        if (!IsMeantFor(request))
        {
            var route = request.Route == ProviderRoute.Embeddings ? "embeddings" : "chat completions";
            return Failure(new RequestRefused($"The model `{traits.Name}` does not support the {route} API.", "model", null));
        }

        if (request.Route == ProviderRoute.Completions)
        {
            return Failure(new RequestRefused("no route /v1/completions", null, null)) with { Status = 404 };
        }

        if (request.Route == ProviderRoute.Embeddings)
        {
            await _pace.BeforeFirstTokenAsync(request.World.Waits, cancellation);
            return Embed(request, traits);
        }

        try
        {
            return await AnswerAsync(request, traits, cancellation);
        }
        catch (RequestRefused refused)
        {
            return Failure(refused);
        }
    }

    private async Task<ProviderReply> AnswerAsync(ProviderRequest request, ModelTraits traits, CancellationToken cancellation)
    {
        var answer = AnswerMachine.Answer(request.Body, traits, cache, $"{request.Key.Hash}|{request.Deployment.Name}");
        var writer = new CompletionWriter(answer, request);
        if (request.Stream)
        {
            return new ProviderStream(StreamAsync(writer, request.World.Waits, cancellation));
        }

        await _pace.BeforeFirstTokenAsync(request.World.Waits, cancellation);
        await _pace.ForTokensAsync(request.World.Waits, answer.CompletionTokens, cancellation);
        return new ProviderBody(writer.Body());
    }

    private async IAsyncEnumerable<ProviderEvent> StreamAsync(
        CompletionWriter writer,
        Waits waits,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await _pace.BeforeFirstTokenAsync(waits, cancellation);
        foreach (var chunk in writer.Chunks())
        {
            yield return new ProviderChunk(chunk);
            await _pace.ForTokensAsync(waits, 1, cancellation);
        }

        yield return new ProviderDone();
    }

    private static bool IsMeantFor(ProviderRequest request) =>
        request.Route == ProviderRoute.Embeddings
            ? request.Deployment.Mode is null or "embedding"
            : request.Deployment.Mode is null or "chat" or "completion" or "responses";

    private static ProviderReply Embed(ProviderRequest request, ModelTraits traits)
    {
        var own = traits.VectorSize > 0 ? traits.VectorSize : Embedder.DefaultDimension;
        var asked = request.Body.Whole("dimensions") ?? own;
        return asked is < 1 || asked > own
            ? Failure(new RequestRefused($"This model makes vectors of 1 to {own} dimensions, not {asked}.", "dimensions", null))
            : new ProviderBody(EmbeddingReply.Make(request.Body, traits.Name, asked));
    }

    private static ProviderFailure Failure(RequestRefused refused) =>
        new(
            400,
            Json.Write(
                new JsonObject
                {
                    ["error"] = new JsonObject
                    {
                        ["message"] = refused.Message,
                        ["type"] = "invalid_request_error",
                        ["param"] = refused.Param,
                        ["code"] = refused.Code,
                    },
                }
            )
        );
}

/// <summary>How long a model takes: to its first token, and for each one after that.</summary>
internal sealed class Pace(EmulatorOptions options)
{
    public Task BeforeFirstTokenAsync(Waits waits, CancellationToken cancellation) =>
        waits.DelayAsync(TimeSpan.FromMilliseconds(options.Latency), cancellation);

    public Task ForTokensAsync(Waits waits, int tokens, CancellationToken cancellation) =>
        options.TokensPerSecond <= 0
            ? Task.CompletedTask
            : waits.DelayAsync(TimeSpan.FromSeconds(tokens / options.TokensPerSecond), cancellation);
}
