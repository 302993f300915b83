using System.IO;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Ledgers;

/// <summary>Every request since the start or the last reset, the rejected and the broken ones too.</summary>
internal sealed class Ledger(World world)
{
    private readonly LedgerEntries _entries = new();
    private readonly KeyCounters _counters = new();
    private int _sequence;
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    public int Count => _entries.Count;

    private double Now => Math.Round(world.Age.TotalMilliseconds, 3);

    /// <summary>Keeps a request's entry while it is handled.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var inFlight = Interlocked.Increment(ref _inFlight);
        var started = Now;
        LedgerEntry? entry = null;
        try
        {
            var body = await RequestBody.ReadAsync(context.Request);
            using var handling = world.Waits.Enter();
            entry = Open(context, body, inFlight, started);
            await HandleAsync(entry, context, next);
        }
        catch (Exception gone)
            when (context.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException) { }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            if (entry is null)
            {
                Close(Open(context, new RequestBody(null, null, false), inFlight, started), context);
            }
        }
    }

    /// <summary>What each key has had of requests, rejections, tokens and cost.</summary>
    public JsonArray Counters() => _counters.ToJson();

    public void Clear()
    {
        _counters.Clear();
        _entries.Clear();
        Volatile.Write(ref _sequence, 0);
    }

    public IReadOnlyList<LedgerEntry> Entries() => _entries.All();

    private async Task HandleAsync(LedgerEntry entry, HttpContext context, RequestDelegate next)
    {
        await using var leaving = context.RequestAborted.UnsafeRegister(_ => entry.Leave(Now), null);
        try
        {
            await next(context);
        }
        finally
        {
            Close(entry, context);
        }
    }

    private LedgerEntry Open(HttpContext context, RequestBody body, int inFlight, double started)
    {
        var key = RequestKey.Of(context.Request);
        var entry = new LedgerEntry
        {
            Sequence = Interlocked.Increment(ref _sequence),
            Key = RequestKey.Masked(key),
            KeyHash = key is null ? null : KeyHash.Of(key)[..8],
            KeyRole = key is null ? null : world.FindKey(key)?.Role,
            Method = context.Request.Method,
            Path = context.Request.Path + context.Request.QueryString.ToString(),
            Model = body.Model,
            Stream = body.Stream,
            Headers = HeadersOf(context.Request),
            Body = body.Text,
            InFlight = inFlight,
            Started = started,
        };
        entry.AttachTo(context);
        context.Response.OnStarting(() =>
        {
            entry.FirstByte = Now;
            entry.CallId = context.Response.Headers["x-litellm-call-id"];
            entry.Rejected ??= context.Response.Headers["rate_limit_type"];
            return Task.CompletedTask;
        });
        _entries.Add(entry);
        _counters.Begin(entry);
        return entry;
    }

    private void Close(LedgerEntry entry, HttpContext context)
    {
        var aborted = context.RequestAborted.IsCancellationRequested;
        entry.Status = context.Response.HasStarted || !(aborted || entry.BrokenByFault) ? context.Response.StatusCode : null;
        entry.Ended = Now;
        _counters.End(entry);
    }

    private static JsonObject HeadersOf(HttpRequest request)
    {
        var headers = new JsonObject();
        foreach (
            var (name, value) in request.Headers.Where(header =>
                !RequestKey.Headers.Contains(header.Key, StringComparer.OrdinalIgnoreCase)
            )
        )
        {
            headers[name.ToLowerInvariant()] = value.ToString();
        }

        return headers;
    }
}
