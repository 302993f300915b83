using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Providers;
using CBorg.Emulator.Server;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Chat;

/// <summary>POST /chat/completions.</summary>
internal sealed class ChatRoutes(Proxy proxy)
{
    private const string Path = "/chat/completions";
    private const int SmallLimit = 4096;

    private readonly Dispatch _dispatch = new(proxy);

    public static void Map(RouteTable routes, Proxy proxy) => routes.PostWithV1(Path, RouteAccess.Llm, new ChatRoutes(proxy).HandleAsync);

    private async Task HandleAsync(Call call)
    {
        var llm = new LlmCall(call, ProviderRoute.Chat);
        try
        {
            _dispatch.EnterLimits(llm);
            CheckRequest(llm);
            _dispatch.ChooseDeployment(llm);
            var body = ProviderBodyOf(llm);
            if (llm.Stream)
            {
                using var stream = new ChatStream(proxy, llm);
                await stream.RunAsync(await _dispatch.AskAsync(llm, body, CancellationToken.None));
            }
            else
            {
                await ReplyAsync(llm, await _dispatch.AskAsync(llm, body, CancellationToken.None));
            }
        }
        catch (ProxyError)
        {
            new LlmHeaders(llm).SetError();
            new Books(proxy, llm).Fail();
            throw;
        }
        finally
        {
            llm.Lease?.Settle(null);
        }
    }

    private void CheckRequest(LlmCall llm)
    {
        var unknown = llm.Model is null || !proxy.World.DeploymentsOf(llm.Model).Any();
        var missing = !llm.Body.ContainsKey("messages");
        if (missing && (!unknown || proxy.Personality.Errors.NamesMissingParameter))
        {
            throw RequestChecks.Missing(llm, Path, "messages", "acompletion");
        }

        if (unknown)
        {
            throw RequestChecks.UnknownModel(llm, Path, asJson: false);
        }
    }

    /// <summary>The client's body with the provider's own name of the model, checked and cut to what the provider takes.</summary>
    private JsonObject ProviderBodyOf(LlmCall llm)
    {
        if (llm.Body["messages"] is not JsonArray messages || messages.Any(m => m is not JsonObject))
        {
            throw new ProviderErrors(proxy.Personality, llm.Deployment!, llm.Model!).BrokenFormat("'str' object has no attribute 'get'");
        }

        var body = llm.Body.DeepClone().AsObject();
        body["model"] = llm.Deployment!.ProviderModel;
        RequestChecks.CheckParams(llm, llm.Deployment, body);
        CapOutput(llm, body);
        AskForUsage(llm, body);
        return body;
    }

    /// <summary>With reserved tokens and a small limit LiteLLM caps what the client left open.</summary>
    private void CapOutput(LlmCall llm, JsonObject body)
    {
        var smallest = llm.Lease?.Entries.Min(e => e.Scope.Tokens);
        var isOpen = body["max_tokens"] is null && body["max_completion_tokens"] is null;
        if (proxy.Personality.Limits.Tokens == TokenCounting.ReservedBefore && smallest < SmallLimit && isOpen)
        {
            body["max_tokens"] = smallest / 4;
        }
    }

    /// <summary>The client does not see usage that it has not asked for; the proxy wants to know all the same.</summary>
    private void AskForUsage(LlmCall llm, JsonObject body)
    {
        if (llm.Stream && proxy.Personality.Streams.AsksForUsage)
        {
            var options = body["stream_options"]?.DeepClone() as JsonObject ?? [];
            options["include_usage"] = true;
            body["stream_options"] = options;
        }
    }

    private async Task ReplyAsync(LlmCall llm, ProviderReply reply)
    {
        var json = ((ProviderBody)reply).Json;
        var body = new PlainReply(proxy.Personality, llm.Deployment!, llm.Model!).Of(json);
        var cost = new Books(proxy, llm).Close((string?)body["id"], body["usage"]!.AsObject());
        new LlmHeaders(llm).SetPlain(reply, cost, Json.Write(json).Length);
        await llm.Call.ReplyAsync(body);
    }
}
