using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Answers;
using CBorg.Emulator.Providers;
using CBorg.Emulator.State;
using Xunit;

namespace CBorg.Emulator.Tests;

public class AnsweringProviderTests
{
    private static readonly EmulatorOptions s_options = new();
    private readonly World _world = new(new CatalogReader("1.102", TimeProvider.System).Read("cborg"), s_options);
    private readonly AnsweringProvider _provider = new(s_options, new PromptCache(TimeProvider.System));

    [Fact]
    public async Task Every_chat_model_knows_the_letter()
    {
        foreach (var model in _world.Catalog.Deployments.Where(deployment => deployment.Mode is null or "chat"))
        {
            var body = await BodyAsync(model.Name, Requests.Chat("What letter comes after A?"));
            Assert.Equal("B", (string?)body["choices"]![0]!["message"]!["content"]);
            Assert.Equal(13, (int)body["usage"]!["prompt_tokens"]!);
        }
    }

    [Theory]
    [InlineData("lbl/cborg-chat", "Count to 12")]
    [InlineData("lbl/cborg-deepthought", "What is 6*7?")]
    [InlineData("claude-sonnet-high", "Tell me about the sea.")]
    [InlineData("gpt-4o", "Use get_time twice")]
    public async Task A_stream_says_what_the_body_says(string model, string prompt)
    {
        var tools = JsonNode.Parse(
            """[{"type":"function","function":{"name":"get_time","parameters":{"type":"object","properties":{"tz":{"type":"string"}},"required":["tz"]}}}]"""
        )!;
        var body = await BodyAsync(model, Requests.Chat(prompt, ("tools", tools)));
        var message = body["choices"]![0]!["message"]!;
        var chunks = await ChunksAsync(
            model,
            Requests.Chat(
                prompt,
                ("tools", tools.DeepClone()),
                ("stream", true),
                ("stream_options", new JsonObject { ["include_usage"] = true })
            )
        );
        var deltas = chunks
            .Where(chunk => chunk["choices"]!.AsArray().Count > 0)
            .Select(chunk => chunk["choices"]![0]!["delta"]!)
            .ToList();
        Assert.Equal((string?)message["content"] ?? "", string.Concat(deltas.Select(delta => (string?)delta["content"])));
        Assert.Equal(
            (string?)message["reasoning_content"] ?? "",
            string.Concat(deltas.Select(delta => (string?)delta["reasoning_content"]))
        );
        Assert.Equal(
            (string?)message["tool_calls"]?[0]?["function"]?["arguments"] ?? "",
            string.Concat(deltas.Select(delta => (string?)delta["tool_calls"]?[0]?["function"]?["arguments"]))
        );
        Assert.Equal((string?)body["choices"]![0]!["finish_reason"], (string?)chunks[^2]["choices"]![0]!["finish_reason"]);
        Assert.Equal(body["usage"]!.ToJsonString(), chunks[^1]["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task Usage_follows_the_family()
    {
        var onPrem = (await BodyAsync("lbl/cborg-chat", Requests.Chat("Hi")))["usage"]!.AsObject();
        Assert.Equal(["completion_tokens", "prompt_tokens", "total_tokens"], onPrem.Select(member => member.Key));
        var claude = (await BodyAsync("claude-haiku", Requests.Chat("Hi")))["usage"]!.AsObject();
        Assert.Equal(0, (int)claude["cache_creation_input_tokens"]!);
        Assert.NotNull(claude["prompt_tokens_details"]!["cache_creation_token_details"]);
        var gpt = (await BodyAsync("gpt-5.5", Requests.Chat("Hi")))["usage"]!.AsObject();
        Assert.True((int)gpt["completion_tokens_details"]!["reasoning_tokens"]! > 0);
        Assert.Null(gpt["cache_creation_input_tokens"]);
    }

    [Fact]
    public async Task Claude_signs_its_thoughts()
    {
        var message = (await BodyAsync("claude-sonnet-high", Requests.Chat("Hi")))["choices"]![0]!["message"]!;
        var block = message["thinking_blocks"]![0]!;
        Assert.Equal((string?)message["reasoning_content"], (string?)block["thinking"]);
        Assert.NotNull((string?)block["signature"]);
    }

    [Fact]
    public async Task A_prompt_too_long_fails_as_the_provider_would()
    {
        var failure = Assert.IsType<ProviderFailure>(
            await AskAsync("lbl/cborg-ocr", Requests.Chat(string.Join(' ', Enumerable.Repeat("word", 17000))))
        );
        Assert.Equal(
            (400, "context_length_exceeded"),
            (failure.Status, (string?)JsonNode.Parse(failure.Text)!["error"]!["code"])
        );
    }

    [Theory]
    [InlineData("lbl/nomic-embed-text", null, 768)]
    [InlineData("lbl/nomic-embed-vision", null, 768)]
    [InlineData("lbl/nomic-embed-code", null, 3584)]
    [InlineData("text-embedding-3-small", null, 1536)]
    [InlineData("text-embedding-3-small", 256, 256)]
    public async Task Vectors_have_the_model_s_size(string model, int? asked, int size)
    {
        var request = new JsonObject { ["input"] = new JsonArray("Apple"), ["dimensions"] = asked };
        var body = Assert.IsType<ProviderBody>(await AskAsync(model, request, ProviderRoute.Embeddings)).Json;
        Assert.Equal(size, body["data"]![0]!["embedding"]!.AsArray().Count);
    }

    [Fact]
    public async Task Models_do_only_what_they_are_for()
    {
        Assert.IsType<ProviderFailure>(
            await AskAsync("gpt-4o", new JsonObject { ["input"] = "Apple" }, ProviderRoute.Embeddings)
        );
        Assert.IsType<ProviderFailure>(await AskAsync("lbl/nomic-embed-text", Requests.Chat("Hi")));
        Assert.IsType<ProviderFailure>(await AskAsync("gpt-image-1", Requests.Chat("Hi")));
        Assert.IsType<ProviderFailure>(
            await AskAsync(
                "lbl/nomic-embed-text",
                new JsonObject { ["input"] = "Apple", ["dimensions"] = 4000 },
                ProviderRoute.Embeddings
            )
        );
    }

    [Fact]
    public async Task Pace_is_kept()
    {
        var provider = new AnsweringProvider(
            new EmulatorOptions { Latency = 100, TokensPerSecond = 100 },
            new PromptCache(TimeProvider.System)
        );
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await provider.AskAsync(
            Request("lbl/cborg-chat", Requests.Chat("Count to 20"), ProviderRoute.Chat),
            CancellationToken.None
        );
        Assert.InRange(clock.ElapsedMilliseconds, 250, 5000);
    }

    private async Task<JsonObject> BodyAsync(string model, JsonObject request) =>
        Assert.IsType<ProviderBody>(await AskAsync(model, request)).Json;

    private async Task<List<JsonObject>> ChunksAsync(string model, JsonObject request)
    {
        var chunks = new List<JsonObject>();
        await foreach (var step in Assert.IsType<ProviderStream>(await AskAsync(model, request)).Events)
        {
            if (step is ProviderChunk chunk)
            {
                chunks.Add(JsonNode.Parse(chunk.Json.ToJsonString())!.AsObject());
            }
        }

        return chunks;
    }

    private Task<ProviderReply> AskAsync(string model, JsonObject request, ProviderRoute route = ProviderRoute.Chat) =>
        _provider.AskAsync(Request(model, request, route), CancellationToken.None);

    private ProviderRequest Request(string model, JsonObject request, ProviderRoute route) =>
        new(route, _world.DeploymentsOf(model).First(), request, _world.Catalog.Keys[0], _world);
}
