using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Emulator.Server;

/// <summary>Routes for administrators; no key of this server is one.</summary>
internal static class AdminRoutes
{
    public static void Map(RouteTable routes, Personality personality)
    {
        foreach (var path in (string[])["/user/new", "/user/update", "/user/delete", "/key/generate", "/key/update", "/key/delete", "/team/new", "/team/update"])
        {
            routes.Post(path, RouteAccess.Admin, RefuseAsync);
        }

        routes.Get("/user/list", personality.Errors.TypeFollowsStatus ? RouteAccess.Info : RouteAccess.Admin, RefuseListAsync);
    }

    private static Task RefuseAsync(Call call) => throw new ProxyError(500, "internal_server_error", "This server is a stand-in: its keys and users come from its catalogue.");

    private static Task RefuseListAsync(Call call) =>
        throw new FastApiError(403, new JsonObject { ["error"] = "Only proxy admins and organization admins can list users." });
}
