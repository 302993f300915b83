using System.Linq;
using System.Threading.Tasks;
using CBorg.Emulator.Providers;
using CBorg.Emulator.Providers.Scripted;
using CBorg.Emulator.Server;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Chat;

/// <summary>POST /completions and /responses: known to the proxy, unknown to the providers behind it.</summary>
internal sealed class OtherLlmRoutes(Proxy proxy)
{
    public static void Map(RouteTable routes, Proxy proxy)
    {
        var self = new OtherLlmRoutes(proxy);
        routes.PostWithV1("/completions", RouteAccess.Llm, self.CompleteAsync);
        routes.PostWithV1("/responses", RouteAccess.Llm, self.RespondAsync);
    }

    private Task CompleteAsync(Call call)
    {
        var llm = new LlmCall(call, ProviderRoute.Completions);
        try
        {
            Choose(llm, "/completions");
        }
        catch (ProxyError error) when (error.Status == 429)
        {
            throw new ProxyError(429, "None", error.Message);
        }

        throw LiteLlmError.Of(
            proxy.Personality,
            404,
            "litellm.NotFoundError: NotFoundError: OpenAIException - Error code: 404 - no route /v1/completions",
            llm.Model!);
    }

    private Task RespondAsync(Call call)
    {
        var llm = new LlmCall(call, ProviderRoute.Responses);
        try
        {
            Choose(llm, "/responses");
            var status = proxy.Personality.Errors.UnprocessableStatus == 400 ? 400 : 404;
            if (proxy.Personality.Errors.TypeFollowsStatus)
            {
                proxy.Router.Failed(llm.Deployment!, status, null);
            }

            var answer = ScriptedFailures.NoRoute("/v1/responses").Text;
            throw LiteLlmError.Of(proxy.Personality, status, $"litellm.BadRequestError: OpenAIException - {answer}", llm.Model!);
        }
        catch (ProxyError)
        {
            new LlmHeaders(llm).SetError();
            throw;
        }
    }

    private void Choose(LlmCall llm, string path)
    {
        if (llm.Model is null || !proxy.World.DeploymentsOf(llm.Model).Any())
        {
            throw RequestChecks.UnknownModel(llm, path, asJson: false);
        }

        llm.Deployment = proxy.Router.Choose(llm.Model, 0);
    }
}
