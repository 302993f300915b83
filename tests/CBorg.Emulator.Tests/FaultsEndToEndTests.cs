using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public class FaultsEndToEndTests : IAsyncLifetime
{
    private EmulatorHost _host = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _host = await EmulatorHost.StartAsync(new EmulatorOptions { Catalog = "cborg" });
        _http = new HttpClient { BaseAddress = _host.Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _host.Keys["personal"]);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_broken_stream_is_in_the_ledger()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync("reset-mid-stream:after=2", "gpt-4o", stream: true));
        var entry = (await LedgerAsync()).Single()!;
        Assert.Equal(
            ("reset-mid-stream:after=2", "personal", "gpt-4o", 200),
            ((string?)entry["fault"], (string?)entry["key_role"], (string?)entry["model"], (int)entry["status"]!)
        );
    }

    [Fact]
    public async Task Tokens_and_cost_of_an_answer_are_in_the_ledger()
    {
        await AskAsync(null, "gpt-4o", stream: false);
        await AskAsync(null, "gpt-4o", stream: true);
        var entries = await LedgerAsync();
        Assert.All(entries, entry => Assert.Equal((13, 1), ((int)entry!["prompt_tokens"]!, (int)entry["completion_tokens"]!)));
        Assert.All(entries, entry => Assert.Equal((13 * 2.5e-06) + 1e-05, (double)entry!["cost"]!, 12));
    }

    [Theory]
    [InlineData("no-usage;no-done;crlf")]
    [InlineData("comments;split-utf8")]
    [InlineData("usage:first;unknown-members")]
    public async Task Odd_streams_still_say_b(string script) =>
        Assert.Contains("\"content\":\"B\"", await AskAsync(script, "claude-haiku", stream: true), StringComparison.Ordinal);

    [Fact]
    public async Task A_second_prompt_reads_the_first_one_s_cache()
    {
        var prefix = string.Join(' ', Enumerable.Range(0, 1200).Select(i => $"w{i % 10}"));
        foreach (var model in new[] { "gpt-4o", "claude-sonnet", "gemini-flash" })
        {
            var first = await CachedAsync(model, prefix);
            var second = await CachedAsync(model, prefix);
            Assert.True(first is { Read: 0 } && second.Read >= 1024, $"{model}: {first} {second}");
            Assert.True(second.Cost < first.Cost);
        }
    }

    private async Task<(int Read, double Cost)> CachedAsync(string model, string prefix)
    {
        var part = new JsonObject
        {
            ["type"] = "text",
            ["text"] = prefix,
            ["cache_control"] = new JsonObject { ["type"] = "ephemeral" },
        };
        var body = new JsonObject
        {
            ["model"] = model,
            ["messages"] = new JsonArray(
                new JsonObject { ["role"] = "system", ["content"] = new JsonArray(part) },
                new JsonObject { ["role"] = "user", ["content"] = "What letter comes after A?" }
            ),
        };
        using var response = await _http.PostAsync(
            "/chat/completions",
            new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json")
        );
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var cost = (double)(await LedgerAsync())[^1]!["cost"]!;
        return ((int)reply["usage"]!["prompt_tokens_details"]!["cached_tokens"]!, cost);
    }

    private async Task<string> AskAsync(string? script, string model, bool stream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/completions");
        var body =
            $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"What letter comes after A?"}]}""";
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (script is not null)
        {
            request.Headers.Add("x-emulate", script);
        }

        using var response = await _http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<JsonArray> LedgerAsync() => JsonNode.Parse(await _http.GetStringAsync("/__control/ledger"))!.AsArray();
}
