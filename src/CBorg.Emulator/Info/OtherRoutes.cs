using System.Text.Json;

namespace CBorg.Emulator.Info;

/// <summary>/health/liveliness, in both spellings, and /health/readiness.</summary>
internal static class HealthRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/health/liveliness", RouteAccess.Public, AliveAsync);
        routes.Get("/health/liveness", RouteAccess.Public, AliveAsync);
        routes.Get("/health/readiness", RouteAccess.Public, ReadyAsync);
    }

    private static Task AliveAsync(Call call) => call.ReplyAsync("I'm alive!");

    private static Task ReadyAsync(Call call)
    {
        var traits = call.Personality.Info;
        return call.ReplyAsync(
            traits
                .Shapes["readiness"]
                .With(
                    new JsonObject
                    {
                        ["status"] = traits.ReadyStatus,
                        ["litellm_version"] = call.Personality.Version.Told,
                        ["success_callbacks"] = Texts.Array(traits.SuccessCallbacks),
                        ["last_updated"] = call.World.Now.UtcDateTime.ToString(
                            "yyyy-MM-ddTHH:mm:ss.ffffff",
                            CultureInfo.InvariantCulture
                        ),
                    }
                )
        );
    }
}

/// <summary>Routes that exist only to refuse those who are no administrators.</summary>
internal static class AdminRoutes
{
    private static readonly string[] s_posts =
    [
        "/key/generate",
        "/key/update",
        "/key/delete",
        "/key/block",
        "/key/unblock",
        "/user/new",
        "/user/update",
        "/user/delete",
        "/team/new",
        "/team/update",
        "/team/delete",
        "/model/new",
        "/model/update",
        "/model/delete",
        "/budget/new",
    ];

    private static readonly string[] s_gets = ["/global/spend", "/global/spend/report", "/budget/list", "/get/config/callbacks"];

    public static void Map(RouteTable routes)
    {
        foreach (var path in s_posts)
        {
            routes.Post(path, RouteAccess.Admin, NotHereAsync);
        }

        foreach (var path in s_gets)
        {
            routes.Get(path, RouteAccess.Admin, NotHereAsync);
        }
    }

    private static Task NotHereAsync(Call call) =>
        throw new FastApiError(501, new JsonObject { ["error"] = "The emulator administers nothing." });
}

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
        return call.ReplyAsync(
            call.Personality.Info.Shapes["token_count"]
                .With(
                    new JsonObject
                    {
                        ["total_tokens"] = tokens,
                        ["request_model"] = model,
                        ["model_used"] = call.World.DeploymentsOf(model).FirstOrDefault()?.ProviderModel ?? model,
                    }
                )
        );
    }

    private static int? Count(JsonObject body) =>
        (body["prompt"], body["messages"], body["contents"]) switch
        {
            ({ } prompt, _, _) => TokenCounter.Count(TextOf(prompt)),
            (_, JsonArray messages, _) => TokenCounter.CountMessages(messages),
            (_, _, { } contents) => TokenCounter.Count(TextOf(contents)),
            _ => null,
        };

    private static string? TextOf(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.String ? (string?)node : node.ToJsonString();

    private static Task ParamsAsync(Call call)
    {
        var model = call.Query("model") ?? "";
        var deployment =
            call.World.DeploymentsOf(model).FirstOrDefault()
            ?? throw new FastApiError(400, new JsonObject { ["error"] = $"Could not map model={model}" });
        return call.ReplyAsync(
            new JsonObject { ["supported_openai_params"] = OpenAIParams.Of(deployment, call.Personality.Version.Recorded) }
        );
    }
}

/// <summary>Everything that tells about models, keys, users, spend and the proxy itself.</summary>
internal static class InfoRoutes
{
    public static void Map(RouteTable routes, Personality personality)
    {
        HealthRoutes.Map(routes);
        ModelRoutes.Map(routes);
        KeyRoutes.Map(routes);
        UserRoutes.Map(routes, personality.Info);
        TeamRoutes.Map(routes);
        ActivityRoutes.Map(routes, personality.Info);
        SpendLogRoutes.Map(routes);
        CostRoutes.Map(routes, personality.Info);
        UtilRoutes.Map(routes);
        AdminRoutes.Map(routes);
    }
}
