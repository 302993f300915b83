namespace CBorg.Emulator.Server;

/// <summary>What a key may do: routes, roles, models.</summary>
internal static class Gate
{
    private const string LlmGroup = "llm_api_routes";

    public static void Check(Call call, Route route)
    {
        CheckAllowedRoutes(call, route);
        CheckRole(call, route);
        if (route.Access == RouteAccess.Llm && ModelOf(call) is { } model)
        {
            CheckModels(call, model);
        }
    }

    public static string? ModelOf(Call call) =>
        call.BodyObject?["model"] is JsonValue v && v.TryGetValue(out string? model) ? model : null;

    private static void CheckAllowedRoutes(Call call, Route route)
    {
        var allowed = call.Key.AllowedRoutes;
        if (allowed.Count == 0 || allowed.Contains(route.Path) || (allowed.Contains(LlmGroup) && IsLlmRoute(call, route)))
        {
            return;
        }

        if (call.Personality.Auth.DeniedRouteIsPlainError)
        {
            throw new PlainError(500, "Internal Server Error");
        }

        var list = string.Join(", ", allowed.Select(a => $"'{a}'"));
        throw new FastApiError(
            403,
            $"Virtual key is not allowed to call this route. Only allowed to call routes: [{list}]. Tried to call route: {call.Path}"
        );
    }

    private static bool IsLlmRoute(Call call, Route route) =>
        route.Access == RouteAccess.Llm
        || (call.Personality.Auth.LlmGroupHasModelInfo && route.Path.EndsWith("/model/info", StringComparison.Ordinal));

    private static void CheckRole(Call call, Route route)
    {
        var user = call.World.UserOf(call.Key);
        var mayPass = route.Access switch
        {
            RouteAccess.Admin => user?.Role == "proxy_admin",
            RouteAccess.InternalUser => user is not null,
            _ => true,
        };
        if (mayPass)
        {
            return;
        }

        throw new ProxyError(
            401,
            "auth_error",
            "Authentication Error, Only proxy admin can be used to generate, delete, update info for new keys/users/teams. "
                + $"Route={call.Path}. Your role={user?.Role ?? "unknown"}. Your user_id={ShownUser(call, user)}"
        );
    }

    private static string ShownUser(Call call, UserRecord? user) =>
        user is not null ? Masked(user.Id)
        : call.Personality.Auth.MasksUnknownUser ? "*******"
        : "unknown";

    private static string Masked(string id) =>
        id.Length <= 8 ? new string('*', id.Length) : id[..6] + new string('*', id.Length - 8) + id[^2..];

    private static void CheckModels(Call call, string model)
    {
        Require(call, "key", call.Key.Models, model);
        Require(call, "team", call.World.TeamOf(call.Key)?.Models ?? [], model);
        Require(call, "user", call.World.UserOf(call.Key)?.Models ?? [], model);
    }

    private static void Require(Call call, string who, System.Collections.Generic.IReadOnlyList<string> models, string model)
    {
        if (models.Count == 0 || models.Contains(model))
        {
            return;
        }

        var list = string.Join(", ", models.Select(m => $"'{m}'"));
        throw new ProxyError(
            call.Personality.Auth.DeniedModelStatus,
            $"{who}_model_access_denied",
            $"{who} not allowed to access model. This {who} can only access models=[{list}]. Tried to access {model}",
            "model"
        );
    }
}
