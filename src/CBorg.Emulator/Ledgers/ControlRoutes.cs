using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Ledgers;

/// <summary>The routes below /__control; none of them needs a key or comes into the ledger.</summary>
internal sealed class ControlRoutes(Instruments instruments)
{
    private readonly ClockRoutes _clock = new(instruments.World);

    public const string Prefix = "/__control";

    public Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(Prefix, out var rest))
        {
            return next(context);
        }

        return (context.Request.Method, rest.Value) switch
        {
            ("GET", "/ledger") => LedgerAsync(context),
            ("GET", "/ledger/keys") => ReplyAsync(context, instruments.Ledger.Counters()),
            ("GET", "/clock") => _clock.TellAsync(context),
            ("POST", "/clock") => _clock.TurnAsync(context),
            ("GET", "/state") => ReplyAsync(context, instruments.State()),
            ("GET", "/faults") => ReplyAsync(context, instruments.Queue.ToJson()),
            ("POST", "/faults") => AddFaultsAsync(context),
            ("DELETE", "/faults") => AfterAsync(context, instruments.Queue.Clear),
            ("POST", "/reset") => AfterAsync(context, instruments.Reset),
            _ => next(context),
        };
    }

    private async Task LedgerAsync(HttpContext context)
    {
        await LetAnsweredOnesEndAsync();
        string? Asked(string name) => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;
        var since = int.TryParse(Asked("since"), out var sequence) ? sequence : 0;
        var rows = instruments
            .Ledger.Entries()
            .Where(entry => entry.Sequence > since)
            .Where(entry => Asked("key") is not { } key || entry.Key == key || entry.KeyRole == key || entry.KeyHash == key)
            .Where(entry => Asked("model") is not { } model || entry.Model == model)
            .Where(entry => Asked("path") is not { } path || entry.Path.Contains(path, StringComparison.Ordinal))
            .Select(entry => (JsonNode)entry.ToJson(Asked("body") == "true"));
        await ReplyAsync(context, new JsonArray([.. rows]));
    }

    // A client can hold the whole of a reply a moment before its entry is closed.
    private async Task LetAnsweredOnesEndAsync()
    {
        for (var i = 0; i < 10 && instruments.Ledger.Entries().Any(entry => entry is { FirstByte: not null, Ended: null }); i++)
        {
            await Task.Delay(5);
        }
    }

    private async Task AddFaultsAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body);
            var faults = (body as JsonArray ?? new JsonArray(body?.DeepClone())).Select(QueuedFault.From).ToList();
            instruments.Queue.Add(faults);
            await ReplyAsync(context, instruments.Queue.ToJson());
        }
        catch (FaultScriptError error)
        {
            await FaultRunner.RefuseAsync(context.Response, error);
        }
        catch (JsonException broken)
        {
            await FaultRunner.RefuseAsync(
                context.Response,
                new FaultScriptError($"The list of faults is no JSON: {broken.Message}")
            );
        }
    }

    private static Task AfterAsync(HttpContext context, Action action)
    {
        action();
        return ReplyAsync(context, new JsonObject { ["ok"] = true });
    }

    private static Task ReplyAsync(HttpContext context, JsonNode body) =>
        new FaultReply(Json.Write(body), "application/json").WriteAsync(context.Response, StatusCodes.Status200OK);
}
