using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Emulator.Tests;

/// <summary>An emulator and somebody who calls it with the key of a role.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    private Caller(EmulatorHost host)
    {
        Host = host;
        _http = new HttpClient { BaseAddress = host.Url };
    }

    public EmulatorHost Host { get; }

    public static async Task<Caller> StartAsync(EmulatorOptions? options = null) => new(await EmulatorHost.StartAsync(options));

    /// <summary>An emulator with a catalogue of one key and a few models of the recordings.</summary>
    public static async Task<Caller> StartAsync(
        string generation,
        string key,
        TimeProvider? clock = null,
        TimeSpan spendLag = default
    )
    {
        using var catalog = TemporaryCatalog.WithKey(key);
        return await StartAsync(
            new EmulatorOptions
            {
                LiteLLM = generation,
                Catalog = catalog.Path,
                Clock = clock ?? TimeProvider.System,
                SpendLag = spendLag,
            }
        );
    }

    public Task<Said> ChatAsync(string role = "key", string model = "up-ok", params (string Name, JsonNode Value)[] members)
    {
        var body = Requests.Chat("What letter comes after A?", members);
        body["model"] = model;
        return PostAsync("/chat/completions", role, body);
    }

    public async Task<Said> PostAsync(string path, string role, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await SendAsync(request, role);
    }

    public async Task<Said> GetAsync(string path, string role = "key")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, role);
    }

    /// <summary>A small chat with any key, known to the catalogue or not.</summary>
    public async Task<Said> ChatWithKeyAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/completions");
        var body = Requests.Chat("Hi");
        body["model"] = "lbl/cborg-mini";
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        return await SendAsync(request, null);
    }

    public Task<Said> ClockAsync() => ControlAsync("GET", "clock");

    public Task<Said> TurnAsync(double seconds) =>
        ControlAsync("POST", "clock", new JsonObject { ["advance"] = seconds }.ToJsonString());

    public async Task<Said> ControlAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/__control/" + path);
        request.Content = body is null ? null : new StringContent(body);
        return await SendAsync(request, null);
    }

    /// <summary>The ledger's rows of calls of models.</summary>
    public async Task<JsonNode[]> LedgerAsync() =>
        (await ControlAsync("GET", "ledger")).Json.AsArray().Select(row => row!).ToArray();

    /// <summary>Asks the clock until so many requests wait for it.</summary>
    public async Task UntilWaitingAsync(int requests) =>
        await UntilAsync(async () => (int)(await ClockAsync()).Json["waiting"]! == requests, $"{requests} requests that wait");

    /// <summary>Asks until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!await isSo())
        {
            if (waited.Elapsed > s_timeout)
            {
                throw new TimeoutException($"There never were {what}.");
            }
        }
    }

    /// <summary>A request as text for a socket.</summary>
    public string Raw(string role, JsonObject body)
    {
        var json = body.ToJsonString();
        return $"POST /v1/chat/completions HTTP/1.1\r\nHost: {Host.Url.Authority}\r\nAuthorization: Bearer {Host.Keys[role]}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\nConnection: close\r\n\r\n{json}";
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
    }

    private async Task<Said> SendAsync(HttpRequestMessage request, string? role)
    {
        if (role is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Host.Keys[role]);
        }

        using var response = await _http.SendAsync(request);
        var headers = response.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value));
        return new Said((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }
}
