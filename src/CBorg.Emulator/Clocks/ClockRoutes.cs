using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Clocks;

/// <summary>/__control/clock: what time it is here, and turning it on.</summary>
internal sealed class ClockRoutes(World world)
{
    public Task TellAsync(HttpContext context) => ReplyAsync(context, Time(), StatusCodes.Status200OK);

    public async Task TurnAsync(HttpContext context)
    {
        if (world.Clock is not TurnableClock clock)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status409Conflict,
                "This clock cannot be turned: start the emulator with --clock manual or --clock offset."
            );
            return;
        }

        if (await SecondsAsync(context) is not { } seconds)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, """The body is {"advance": SECONDS}, 0 to 31536000.""");
            return;
        }

        await clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        await TellAsync(context);
    }

    private static async Task<double?> SecondsAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body);
            return Json.Number((body as JsonObject)?["advance"]) is { } seconds and >= 0 and <= 31_536_000 ? seconds : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonObject Time()
    {
        var clock = world.Clock as TurnableClock;
        return new JsonObject
        {
            ["kind"] =
                clock is null ? "real"
                : clock.Runs ? "offset"
                : "manual",
            ["now"] = world.Now.ToString("O"),
            ["seconds"] = Math.Round(world.Age.TotalSeconds, 3),
            ["advanced"] = clock?.Advanced.TotalSeconds ?? 0,
            ["waiting"] = world.Waits.Asleep,
            ["next"] = clock?.Next is { } next ? Math.Round((next - world.Now).TotalSeconds, 3) : null,
        };
    }

    private static Task RefuseAsync(HttpContext context, int status, string message) =>
        ReplyAsync(
            context,
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = message,
                    ["type"] = "clock_error",
                    ["param"] = "advance",
                    ["code"] = $"{status}",
                },
            },
            status
        );

    private static Task ReplyAsync(HttpContext context, JsonNode body, int status) =>
        new FaultReply(Json.Write(body), "application/json").WriteAsync(context.Response, status);
}
