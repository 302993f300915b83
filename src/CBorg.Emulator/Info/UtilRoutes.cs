using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Answers;
using CBorg.Emulator.Info.Models;
using CBorg.Emulator.Server;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Info;

/// <summary>/utils/token_counter and /utils/supported_openai_params.</summary>
internal static class UtilRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Post("/utils/token_counter", RouteAccess.Llm, CountAsync);
        routes.Get("/utils/supported_openai_params", RouteAccess.Admin, ParamsAsync);
    }

    private static Task CountAsync(Call call)
    {
        var body = RequiredMembers.Of(call, "model");
        var tokens = Count(body) ?? throw new FastApiError(400, "prompt or messages or contents must be provided");
        var model = (string?)body["model"] ?? "";
        return call.ReplyAsync(call.Personality.Info.Shapes["token_count"].With(new JsonObject
        {
            ["total_tokens"] = tokens,
            ["request_model"] = model,
            ["model_used"] = call.World.DeploymentsOf(model).FirstOrDefault()?.ProviderModel ?? model,
        }));
    }

    private static int? Count(JsonObject body) => (body["prompt"], body["messages"], body["contents"]) switch
    {
        ({ } prompt, _, _) => TokenCounter.Count(TextOf(prompt)),
        (_, JsonArray messages, _) => TokenCounter.CountMessages(messages),
        (_, _, { } contents) => TokenCounter.Count(TextOf(contents)),
        _ => null,
    };

    private static string? TextOf(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? (string?)node : node.ToJsonString();

    private static Task ParamsAsync(Call call)
    {
        var model = call.Query("model") ?? "";
        var deployment = call.World.DeploymentsOf(model).FirstOrDefault()
            ?? throw new FastApiError(400, new JsonObject { ["error"] = $"Could not map model={model}" });
        return call.ReplyAsync(new JsonObject { ["supported_openai_params"] = OpenAIParams.Of(deployment, call.Personality.Version.Recorded) });
    }
}
