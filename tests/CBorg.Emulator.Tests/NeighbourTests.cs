using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using Xunit;

namespace CBorg.Emulator.Tests;

/// <summary>What was not recorded, but follows from its neighbours.</summary>
public sealed class NeighbourTests
{
    [Theory]
    [InlineData("1.77")]
    [InlineData("1.102")]
    public async Task The_model_list_tells_fallbacks_only_when_asked_for_metadata(string version)
    {
        await using var client = await InfoClient.StartAsync(version);
        var with = (await client.ReadAsync("/v1/models?include_metadata=true&fallback_type=context_window"))["data"]!.AsArray();
        Assert.All(with, row => Assert.Empty(row!["metadata"]!["fallbacks"]!.AsArray()));
        var without = (await client.ReadAsync("/models?fallback_type=nonsense"))["data"]!.AsArray();
        Assert.All(without, row => Assert.Null(row!["metadata"]));
        var (status, body) = await client.GetAsync("/models?include_metadata=true&fallback_type=nonsense");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(
            "Invalid fallback_type. Must be one of: ['general', 'context_window', 'content_policy']",
            (string?)body!["detail"]
        );
    }

    [Theory]
    [InlineData("1.77", "lbl/cborg-mini")]
    [InlineData("1.81", "lbl/cborg-chat")]
    [InlineData("1.102", "lbl/cborg-mini")]
    public async Task A_prompt_to_a_model_without_a_price_costs_nothing(string version, string model)
    {
        await using var client = await InfoClient.StartAsync(version);
        var (status, body) = await client.PostAsync(
            "/spend/calculate",
            $$"""{"model": "{{model}}", "messages": [{"role": "user", "content": "Hi"}]}"""
        );
        Assert.Equal((HttpStatusCode.OK, 0.0), (status, (double)body!["cost"]!));
    }

    [Theory]
    [InlineData("1.77", "OpenAIException - Error code: 429 - Rate limit reached")]
    [InlineData("1.81", "OpenAIException - Error code: 429 - Rate limit reached")]
    [InlineData("1.102", "OpenAIException - Error code: 429 - {'error': {'message': 'Rate limit reached")]
    public async Task A_provider_s_refusal_of_embeddings_is_told_as_its_client_library_puts_it(string version, string words)
    {
        await using var caller = await StartAsync(version);
        var said = await caller.PostAsync("/embeddings", "personal", new JsonObject { ["model"] = "embed-429", ["input"] = "A" });
        Assert.Equal(429, said.Status);
        Assert.Contains(words, said.ErrorMessage);
    }

    [Theory]
    [InlineData("x-s-errorfirst", false)]
    [InlineData("x-s-doneonly", false)]
    [InlineData("x-s-error", true)]
    public async Task A_provider_s_own_headers_come_with_streams_that_open(string model, bool come)
    {
        await using var caller = await StartAsync("1.102");
        var said = await caller.ChatAsync("personal", model, ("stream", true));
        Assert.Equal(come, said.Headers.ContainsKey("llm_provider-x-request-id"));
        Assert.Contains("llm_provider-content-type", said.Headers.Keys);
    }

    [Theory]
    [InlineData("1.77", "ServiceUnavailableError: litellm.MidStreamFallbackError: litellm.APIConnectionError", "503")]
    [InlineData("1.81", "litellm.Timeout", "408")]
    [InlineData("1.102", "litellm.APIConnectionError: APIConnectionError: OpenAIException", "500")]
    public async Task A_provider_that_falls_silent_is_a_lost_connection_but_on_1_81(string version, string words, string code)
    {
        var clock = TurnableClock.Manual();
        await using var caller = await Caller.StartAsync(
            new EmulatorOptions
            {
                LiteLLM = version,
                Catalog = "recordings",
                Clock = clock,
            }
        );
        var call = caller.ChatAsync("personal", "stalls", ("stream", true));
        await caller.UntilWaitingAsync(1);
        await caller.TurnAsync(10);
        var said = await call;
        var error = JsonNode.Parse(said.Text.Split('\n').Last(l => l.StartsWith("data: {"))[6..])!["error"]!;
        Assert.Contains(words, (string?)error["message"]);
        Assert.Equal(code, (string?)error["code"]);
    }

    [Theory]
    [InlineData("x-nochoices")]
    [InlineData("x-garbage")]
    public async Task A_body_in_place_of_a_stream_is_an_empty_stream(string model)
    {
        await using var caller = await StartAsync("1.102");
        var empty = await caller.ChatAsync("personal", "x-s-empty", ("stream", true));
        var said = await caller.ChatAsync("personal", model, ("stream", true));
        Assert.Equal(200, said.Status);
        Assert.Equal(empty.Text.Count(c => c == '\n'), said.Text.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("sk-userrpm-0016", "user")]
    [InlineData("sk-teamrpm-000000000000016", "team")]
    [InlineData("sk-memberrpm-16", "team_member")]
    public async Task A_limit_of_whoever_owns_the_key_holds_for_every_key_of_its_kind(string key, string scope)
    {
        await using var caller = await StartAsync("1.102");
        var statuses = new[]
        {
            await caller.ChatWithKeyAsync(key),
            await caller.ChatWithKeyAsync(key),
            await caller.ChatWithKeyAsync(key),
        };
        Assert.Equal([200, 200, 429], statuses.Select(s => s.Status));
        Assert.StartsWith($"Rate limit exceeded for {scope}: ", statuses[2].ErrorMessage);
        Assert.Equal(401, (await caller.ChatWithKeyAsync("sk-nobody-0016")).Status);
    }

    private static Task<Caller> StartAsync(string version) =>
        Caller.StartAsync(new EmulatorOptions { LiteLLM = version, Catalog = "recordings" });
}
