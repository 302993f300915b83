using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Faults;

/// <summary>The emulator's instruments: faults to come, and what it has seen.</summary>
internal sealed class EmulatorControl(Uri control) : IDisposable
{
    private readonly HttpClient _http = new();

    public Task ResetAsync() => SendAsync(HttpMethod.Post, "reset");

    public Task ClearAsync() => SendAsync(HttpMethod.Delete, "faults");

    public Task FaultsAsync(JsonArray faults) => SendAsync(HttpMethod.Post, "faults", faults);

    /// <param name="script">The fault.</param>
    /// <param name="path">The end of the path that it is laid on.</param>
    /// <param name="count">How many requests it befalls; 0: all.</param>
    public Task FaultAsync(string script, string path, int count) =>
        FaultsAsync([
            new JsonObject
            {
                ["script"] = script,
                ["path"] = path,
                ["count"] = count,
            },
        ]);

    public async Task<LedgerRow[]> LedgerAsync(string path) =>
        [.. (await ReadAsync($"ledger?path={path}").ConfigureAwait(false)).AsArray().Select(row => LedgerRow.From(row!))];

    /// <summary>The ledger when the emulator is through with every request, also with those whose client has gone.</summary>
    public async Task<LedgerRow[]> ClosedLedgerAsync(string path)
    {
        LedgerRow[] rows = await LedgerAsync(path).ConfigureAwait(false);
        for (int i = 0; i < 1000 && rows.Any(row => !row.Ended); i++)
        {
            rows = await LedgerAsync(path).ConfigureAwait(false);
        }

        return rows;
    }

    /// <summary>How many requests are being stalled.</summary>
    public async Task<int> StalledAsync() => (int)(await ReadAsync("clock").ConfigureAwait(false))["waiting"]!;

    /// <summary>The names of all faults that there are, as it tells them to who asks for one that there is not.</summary>
    public async Task<string[]> NamesAsync()
    {
        using StringContent body = new("[\"no-such-fault\"]", Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await _http.PostAsync($"{control}/faults", body).ConfigureAwait(false);
        return
        [
            .. JsonNode.Parse(await reply.Content.ReadAsStringAsync().ConfigureAwait(false))!["faults"]!
                .AsObject()
                .Select(fault => fault.Key),
        ];
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> ReadAsync(string path) =>
        JsonNode.Parse(await _http.GetStringAsync($"{control}/{path}").ConfigureAwait(false))!;

    private async Task SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using HttpRequestMessage request = new(method, $"{control}/{path}");
        request.Content = new StringContent(
            body?.ToJsonString(JsonSerializerOptions.Web) ?? "",
            Encoding.UTF8,
            "application/json"
        );
        using HttpResponseMessage reply = await _http.SendAsync(request).ConfigureAwait(false);
        if (!reply.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await reply.Content.ReadAsStringAsync().ConfigureAwait(false));
        }
    }
}
