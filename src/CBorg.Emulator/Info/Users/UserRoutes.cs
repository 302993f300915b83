namespace CBorg.Emulator.Info.Users;

/// <summary>/user/info in both versions, /user/list.</summary>
internal static class UserRoutes
{
    public static void Map(RouteTable routes, InfoTraits traits)
    {
        routes.Get("/user/info", RouteAccess.Info, InfoAsync);
        routes.Get("/user/list", traits.UserListIsOpen ? RouteAccess.Info : RouteAccess.Admin, ListAsync);
        if (traits.HasUserInfoV2)
        {
            routes.Get("/v2/user/info", RouteAccess.Info, InfoV2Async);
        }
    }

    private static Task InfoAsync(Call call)
    {
        var traits = call.Personality.Info;
        var asked = call.Query("user_id");
        if (asked is not null && asked != call.Key.UserId)
        {
            throw new ProxyError(
                403,
                "auth_error",
                $"key not allowed to access this user's info. user_id={asked}, key's user_id={call.Key.UserId ?? "None"}"
            );
        }

        if (call.Key.UserId is null)
        {
            throw new ProxyError(traits.NoUser.Status, "internal_server_error", traits.NoUser.Message, traits.NoParam);
        }

        var user =
            call.World.UserOf(call.Key)
            ?? throw new ProxyError(404, "internal_server_error", $"User {call.Key.UserId} not found", traits.NoParam);
        return call.ReplyAsync(new UserView(call.World, traits).Info(user));
    }

    private static Task InfoV2Async(Call call)
    {
        var traits = call.Personality.Info;
        var asked =
            call.Query("user_id")
            ?? call.Key.UserId
            ?? throw new ProxyError(
                400,
                "internal_server_error",
                "user_id is required. Either pass it as a query parameter or authenticate with a user-bound key.",
                traits.NoParam
            );
        if (asked != call.Key.UserId || call.World.UserOf(call.Key) is not { } user)
        {
            throw new ProxyError(404, "internal_server_error", $"User not found: {asked}", traits.NoParam);
        }

        return call.ReplyAsync(new UserView(call.World, traits).InfoV2(user));
    }

    private static Task ListAsync(Call call) =>
        throw new FastApiError(403, new JsonObject { ["error"] = "Only proxy admins and organization admins can list users." });
}
