using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.State;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Ledgers;

/// <summary>Every request since the start or the last reset, the rejected and the broken ones too.</summary>
internal sealed class Ledger(World world)
{
    private const int MostEntries = 50_000;

    private readonly object _lock = new();
    private readonly LinkedList<LedgerEntry> _entries = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _sequence;
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    private double Now => Math.Round(Stopwatch.GetElapsedTime(_start).TotalMilliseconds, 3);

    /// <summary>Keeps a request's entry while it is handled.</summary>
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var inFlight = Interlocked.Increment(ref _inFlight);
        var started = Now;
        LedgerEntry? entry = null;
        try
        {
            entry = Open(context, await RequestBody.ReadAsync(context.Request), inFlight, started);
            await next(context);
        }
        catch (Exception gone) when (context.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            Close(entry ?? Open(context, new RequestBody(null, null, false), inFlight, started), context);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _sequence = 0;
        }
    }

    public IReadOnlyList<LedgerEntry> Entries()
    {
        lock (_lock)
        {
            return [.. _entries];
        }
    }

    private LedgerEntry Open(HttpContext context, RequestBody body, int inFlight, double started)
    {
        var key = RequestKey.Of(context.Request);
        var entry = new LedgerEntry
        {
            Sequence = Interlocked.Increment(ref _sequence),
            Key = RequestKey.Masked(key),
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
            return Task.CompletedTask;
        });
        Add(entry);
        return entry;
    }

    private void Close(LedgerEntry entry, HttpContext context)
    {
        var aborted = context.RequestAborted.IsCancellationRequested;
        entry.ClientClosed = aborted && !entry.BrokenByFault;
        entry.Status = context.Response.HasStarted || !(aborted || entry.BrokenByFault) ? context.Response.StatusCode : null;
        entry.Ended = Now;
    }

    private void Add(LedgerEntry entry)
    {
        lock (_lock)
        {
            _entries.AddLast(entry);
            if (_entries.Count > MostEntries)
            {
                _entries.RemoveFirst();
            }
        }
    }

    private static JsonObject HeadersOf(HttpRequest request)
    {
        var headers = new JsonObject();
        foreach (var (name, value) in request.Headers.Where(header => !RequestKey.Headers.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            headers[name.ToLowerInvariant()] = value.ToString();
        }

        return headers;
    }
}
