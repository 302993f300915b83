namespace CBorg.Emulator.Info.Keys;

/// <summary>/key/info and /key/list.</summary>
internal static class KeyRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/key/info", RouteAccess.Info, InfoAsync);
        routes.Get("/key/list", RouteAccess.Info, ListAsync);
    }

    private static Task InfoAsync(Call call)
    {
        var key = call.Query("key") is { Length: > 0 } asked ? Find(call, asked) : call.Key;
        if (key != call.Key && (key.UserId is null || key.UserId != call.Key.UserId))
        {
            throw new ProxyError(
                403,
                "internal_server_error",
                $"You are not allowed to access this key's info. Your role={RoleOf(call)}",
                call.Personality.Info.NoParam
            );
        }

        return call.ReplyAsync(new JsonObject { ["key"] = call.Query("key") ?? key.Hash, ["info"] = View(call).Info(key) });
    }

    private static Task ListAsync(Call call)
    {
        var page = QueryNumber.Read(call, "page", 1, 1, int.MaxValue);
        var size = QueryNumber.Read(call, "size", 10, 1, 100);
        var user =
            call.Key.UserId
            ?? throw Deny(
                "You are not authorized to access this endpoint. No 'user_id' is associated with your API key.",
                "user_id"
            );
        if (call.Query("user_id") is { Length: > 0 } other && other != user)
        {
            throw Deny("You are not authorized to check another user's keys", "user_id");
        }

        if (call.Query("team_id") is { Length: > 0 } team && call.World.UserOf(call.Key)?.Teams.Contains(team) != true)
        {
            throw Deny("You are not authorized to check this team's keys", "team_id");
        }

        return call.ReplyAsync(Page(call, KeysOf(call.World, user), page, size));
    }

    private static JsonObject Page(Call call, List<KeyRecord> keys, int page, int size)
    {
        var full = call.Query("return_full_object") is "true" or "True" or "1";
        var view = View(call);
        var shown = keys.Skip((page - 1) * size).Take(size).Select(k => full ? view.Full(k) : (JsonNode)k.Hash);
        return new JsonObject
        {
            ["keys"] = new JsonArray([.. shown]),
            ["total_count"] = keys.Count,
            ["current_page"] = page,
            ["total_pages"] = (keys.Count + size - 1) / size,
        };
    }

    public static List<KeyRecord> KeysOf(World world, string user) => world.Catalog.Keys.Where(k => k.UserId == user).ToList();

    private static KeyView View(Call call) => new(call.World, call.Personality.Info);

    private static KeyRecord Find(Call call, string asked) =>
        (asked.StartsWith("sk-", System.StringComparison.Ordinal) ? call.World.FindKey(asked) : call.World.FindKeyByHash(asked))
        ?? throw new ProxyError(404, "not_found_error", "Key not found in database", "key");

    private static string RoleOf(Call call) => call.World.UserOf(call.Key)?.Role ?? "internal_user";

    private static ProxyError Deny(string message, string param) => new(403, "bad_request_error", message, param);
}
