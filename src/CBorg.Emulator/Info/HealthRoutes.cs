using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Server;
using CBorg.Emulator.Traits;

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
        return call.ReplyAsync(traits.Shapes["readiness"].With(new JsonObject
        {
            ["status"] = traits.ReadyStatus,
            ["litellm_version"] = call.Personality.Version.Told,
            ["success_callbacks"] = Texts.Array(traits.SuccessCallbacks),
            ["last_updated"] = call.World.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        }));
    }
}
