using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Server;

namespace CBorg.Emulator.Info;

/// <summary>Routes that exist only to refuse those who are no administrators.</summary>
internal static class AdminRoutes
{
    private static readonly string[] s_posts =
    [
        "/key/generate", "/key/update", "/key/delete", "/key/block", "/key/unblock", "/user/new", "/user/update", "/user/delete",
        "/team/new", "/team/update", "/team/delete", "/model/new", "/model/update", "/model/delete", "/budget/new",
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

    private static Task NotHereAsync(Call call) => throw new FastApiError(501, new JsonObject { ["error"] = "The emulator administers nothing." });
}
