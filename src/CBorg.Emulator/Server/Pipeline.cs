using System.Threading.Tasks;
using CBorg.Emulator.State;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Server;

/// <summary>The way of a request: route, key, body, handler, and whatever went wrong on it.</summary>
internal sealed class Pipeline(World world, Personality personality, RouteTable routes)
{
    public async Task HandleAsync(HttpContext context)
    {
        var call = new Call(context, world, personality);
        try
        {
            await RouteAsync(context);
        }
        catch (FastApiError error)
        {
            await call.ReplyAsync(new System.Text.Json.Nodes.JsonObject { ["detail"] = error.Detail?.DeepClone() }, error.Status);
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (routes.Find(context.Request.Method, path) is not var (route, values))
        {
            throw routes.Knows(path) ? new FastApiError(405, "Method Not Allowed") : new FastApiError(404, "Not Found");
        }

        var call = new Call(context, world, personality) { Values = values };
        await route.Handler(call);
    }
}
