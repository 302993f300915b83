using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Providers;
using CBorg.Emulator.Server;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Chat;

/// <summary>POST /embeddings.</summary>
internal sealed class EmbeddingRoutes(Proxy proxy)
{
    private const string Path = "/embeddings";

    private readonly Dispatch _dispatch = new(proxy);

    public static void Map(RouteTable routes, Proxy proxy) => routes.PostWithV1(Path, RouteAccess.Llm, new EmbeddingRoutes(proxy).HandleAsync);

    private async Task HandleAsync(Call call)
    {
        var llm = new LlmCall(call, ProviderRoute.Embeddings);
        try
        {
            _dispatch.EnterLimits(llm);
            CheckRequest(llm);
            _dispatch.ChooseDeployment(llm);
            var body = llm.Body.DeepClone().AsObject();
            body["model"] = llm.Deployment!.ProviderModel;
            RequestChecks.CheckDimensions(llm, llm.Deployment, body);
            await ReplyAsync(llm, (ProviderBody)await _dispatch.AskAsync(llm, body, CancellationToken.None));
        }
        catch (ProxyError error)
        {
            new LlmHeaders(llm).SetError();
            new Books(proxy, llm).Fail();
            throw proxy.Personality.Headers.EmbeddingErrors == EmbeddingErrorHeaders.None
                ? new ProxyError(error.Status, error.Type, error.Message, error.Param)
                : error;
        }
        finally
        {
            llm.Lease?.Settle(null);
        }
    }

    private void CheckRequest(LlmCall llm)
    {
        var unknown = llm.Model is null || !proxy.World.DeploymentsOf(llm.Model).Any();
        var missing = !llm.Body.ContainsKey("input");
        if (missing && (!unknown || proxy.Personality.Errors.NamesMissingParameter))
        {
            throw RequestChecks.Missing(llm, Path, "input", "aembedding");
        }

        if (unknown)
        {
            throw RequestChecks.UnknownModel(llm, Path, asJson: proxy.Personality.Headers.EmbeddingErrors == EmbeddingErrorHeaders.None);
        }
    }

    private async Task ReplyAsync(LlmCall llm, ProviderBody reply)
    {
        var tokens = Usage.Number(reply.Json["usage"]?["prompt_tokens"]);
        var usage = Usage.Counted(tokens, 0);
        var body = new JsonObject
        {
            ["model"] = proxy.Personality.Replies.ShowsProviderModel ? llm.Deployment!.ProviderModel : llm.Model,
            ["data"] = reply.Json["data"]?.DeepClone(),
            ["object"] = "list",
            ["usage"] = usage,
        };
        var cost = new Books(proxy, llm).Close(null, usage);
        usage["completion_tokens_details"] = null;
        usage["prompt_tokens_details"] = null;
        new LlmHeaders(llm).SetPlain(reply, cost, Json.Write(reply.Json).Length);
        await llm.Call.ReplyAsync(body);
    }
}
