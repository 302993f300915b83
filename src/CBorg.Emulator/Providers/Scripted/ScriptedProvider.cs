using System.Text.Json;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>A provider of which each model does one thing, well or badly, as its script says.</summary>
internal sealed class ScriptedProvider : IProvider
{
    private const int SmallVector = 8;
    private const int TokensOfText = 2;

    public async Task<ProviderReply> AskAsync(ProviderRequest request, CancellationToken cancellation)
    {
        var script = Script.Of(request.Deployment);
        if (script.Hangs)
        {
            await request.World.Waits.DelayAsync(null, cancellation);
        }

        return request.Route switch
        {
            _ when script.Drops => new ProviderUnreachable(),
            ProviderRoute.Completions => NoRoute("/v1/completions"),
            ProviderRoute.Responses => NoRoute("/v1/responses"),
            _ when script.Status is { } status => Failure(request, script, status),
            ProviderRoute.Embeddings => Embed(request, script),
            _ => await ChatAsync(request, script, cancellation),
        };
    }

    private static ProviderBody Embed(ProviderRequest request, Script script)
    {
        var size = request.Body.Whole("dimensions") ?? SmallVector;
        var reply = EmbeddingReply.Make(request.Body, request.Deployment.ProviderModel, size, script.KnowsBase64, TokensOfText);
        return new ProviderBody(reply) { Headers = ProviderHeaders.OpenAI };
    }

    private static async Task<ProviderReply> ChatAsync(ProviderRequest request, Script script, CancellationToken cancellation)
    {
        var model = request.Deployment.ProviderModel;
        if (request.Stream)
        {
            var stream = new ScriptedStream(script, model, request.World);
            var events = stream.PlayAsync(Json.IsTrue(request.Body["stream_options"]?["include_usage"]), cancellation);
            return new ProviderStream(events) { Headers = stream.Opens ? ProviderHeaders.OpenAI : [] };
        }

        await request.World.Waits.DelayAsync(TimeSpan.FromSeconds(script.Pause), cancellation);
        var choices = (int)(Json.Number(request.Body["n"]) ?? 1);
        return new ProviderBody(ScriptedCompletion.Of(script, model, choices)) { Headers = ProviderHeaders.OpenAI };
    }

    /// <summary>A good status without an answer: a body that is none of its kind, or in place of a stream nothing at
    /// all.</summary>
    private static ProviderReply Failure(ProviderRequest request, Script script, int status)
    {
        if (status < 300 && request.Stream)
        {
            return new ProviderStream(new ScriptedStream(script with { Stream = [] }, "", request.World).PlayAsync(usage: false));
        }

        var text = script.Body ?? Json.Dumps(new JsonObject { ["error"] = script.Error?.DeepClone() });
        return status < 300 && Parse(text) is { } body
            ? new ProviderBody(body)
            : new ProviderFailure(status, text, script.ContentType)
            {
                Headers = [.. script.Headers.Select(h => (h.Key, h.Value))],
            };
    }

    private static ProviderFailure NoRoute(string path) =>
        new(
            404,
            Json.Dumps(
                new JsonObject
                {
                    ["error"] = new JsonObject
                    {
                        ["message"] = $"no route {path}",
                        ["type"] = "invalid_request_error",
                        ["param"] = null,
                        ["code"] = null,
                    },
                }
            )
        );

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
