using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Server;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>The provider of the recordings: each model does one thing, well or badly, and its name says which.</summary>
internal sealed class ScriptedProvider : IProvider
{
    private const string FaultPrefix = "up-s-";

    public async Task<ProviderReply> AskAsync(ProviderRequest request, CancellationToken cancellation)
    {
        var model = request.Deployment.ProviderModel;
        if (request.Deployment.ApiBase?.Contains(":9/", StringComparison.Ordinal) == true)
        {
            return new ProviderUnreachable();
        }

        if (model == "up-hang")
        {
            await request.World.Waits.DelayAsync(null, cancellation);
        }

        if (request.Route is not (ProviderRoute.Chat or ProviderRoute.Embeddings))
        {
            return ScriptedFailures.NoRoute(request.Route == ProviderRoute.Completions ? "/v1/completions" : "/v1/responses");
        }

        return ScriptedFailures.Of(model)
            ?? (request.Route == ProviderRoute.Embeddings ? Embed(request, model) : await ChatAsync(request, model, cancellation));
    }

    private static ProviderBody Embed(ProviderRequest request, string model) =>
        new(ScriptedEmbeddings.Of(request.Body, model, model != "up-embed-floats")) { Headers = ProviderHeaders.OpenAI };

    private static async Task<ProviderReply> ChatAsync(ProviderRequest request, string model, CancellationToken cancellation)
    {
        var script = Scripts.Of(request.Deployment);
        if (request.Stream)
        {
            return Stream(request, model, script);
        }

        await request.World.Waits.DelayAsync(TimeSpan.FromSeconds(script.Pause), cancellation);
        var choices = (int)(Json.Number(request.Body["n"]) ?? 1);
        return new ProviderBody(ScriptedCompletion.Of(script, model, choices)) { Headers = ProviderHeaders.OpenAI };
    }

    private static ProviderStream Stream(ProviderRequest request, string model, Script script)
    {
        var stream = new ScriptedStream(new ScriptedChunks(model, request.World.Now), request.World.Waits);
        if (!model.StartsWith(FaultPrefix, StringComparison.Ordinal))
        {
            var usage = Json.IsTrue(request.Body["stream_options"]?["include_usage"]);
            return new ProviderStream(stream.PlayAsync(script, usage)) { Headers = ProviderHeaders.OpenAI };
        }

        var fault = model[FaultPrefix.Length..];
        return new ProviderStream(stream.PlayFaultAsync(fault)) { Headers = stream.Opens(fault) ? ProviderHeaders.OpenAI : [] };
    }
}
