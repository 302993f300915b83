using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Emulator.Tests;

/// <summary>An emulator of one generation with the recordings' catalogue, and questions to it.</summary>
internal sealed class InfoClient : IAsyncDisposable
{
    private readonly HttpClient _http;

    private InfoClient(EmulatorHost host)
    {
        Host = host;
        _http = new HttpClient { BaseAddress = host.Url };
    }

    public EmulatorHost Host { get; }

    public static async Task<InfoClient> StartAsync(string generation, TimeProvider? clock = null, TimeSpan spendLag = default) =>
        new(
            await EmulatorHost.StartAsync(
                new EmulatorOptions
                {
                    LiteLLM = generation,
                    Catalog = "recordings",
                    SpendLag = spendLag,
                    Clock = clock ?? TimeProvider.System,
                }
            )
        );

    public Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(string path, string role = "personal") =>
        AskAsync(HttpMethod.Get, path, role, null);

    public Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, string json, string role = "personal") =>
        AskAsync(HttpMethod.Post, path, role, json);

    public async Task<JsonNode> ReadAsync(string path, string role = "personal")
    {
        var (status, body) = await GetAsync(path, role);
        return status == HttpStatusCode.OK ? body! : throw new InvalidOperationException($"{path}: {(int)status} {body}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(
        HttpMethod method,
        string path,
        string role,
        string? json
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Host.Keys[role]);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }
}
