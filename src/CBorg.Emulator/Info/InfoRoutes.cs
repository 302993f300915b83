using CBorg.Emulator.Info.Activity;
using CBorg.Emulator.Info.Costs;
using CBorg.Emulator.Info.Keys;
using CBorg.Emulator.Info.Models;
using CBorg.Emulator.Info.Teams;
using CBorg.Emulator.Info.Users;
using CBorg.Emulator.Server;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Info;

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
