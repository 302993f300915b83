using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>What is made of a good answer: who watches it, what it cost, who gave it.</summary>
public sealed class AnswerTests
{
    private const string Catalog = """
        {"data":[
        {"model_name":"m","litellm_params":{"model":"openai/first"},"model_info":{"id":"one","input_cost_per_token":1e-6,"output_cost_per_token":2e-6}},
        {"model_name":"m","litellm_params":{"model":"azure/second"},"model_info":{"id":"two","input_cost_per_token":"3e-06","output_cost_per_token":"1.5e-05"}},
        {"model_name":"lbl/free","litellm_params":{"model":"hosted_vllm/free"},"model_info":{"id":"free","input_cost_per_token":0,"output_cost_per_token":0.0}},
        {"model_name":"sparse","litellm_params":{"model":"hosted_vllm/sparse"},"model_info":{"id":"sparse","db_model":false}}]}
        """;

    [Fact]
    public async Task A_slow_watcher_holds_the_stream_back_and_loses_nothing()
    {
        await using RawServer server = new();
        string[] words = [.. Enumerable.Range(0, 300).Select(number => $"{number} ")];
        server.Then(Play.Events([.. words.Select(Answers.Piece), Answers.Finish, Play.Done]));
        List<string> seen = [];
        int inside = 0;
        ChatResult result = await Clients
            .For(server)
            .ChatAsync(
                Clients.Question(),
                async delta =>
                {
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    await Task.Yield();
                    seen.Add(delta.Text);
                    Interlocked.Decrement(ref inside);
                },
                null,
                default
            )
            .Soon();

        Assert.Equal(words, seen.SkipLast(1));
        Assert.Equal(string.Concat(words), result.Text);
    }

    [Fact]
    public async Task A_watcher_that_fails_ends_the_call_with_its_own_exception_and_closes_the_line()
    {
        await using RawServer server = new();
        TaskCompletionSource gone = new();
        server.Then(Play.EventsThen(Play.Hold(gone), Answers.Piece("After")));
        Task<ChatResult> call = Clients
            .For(server)
            .ChatAsync(Clients.Question(), _ => throw new InvalidOperationException("mine"), null, default);

        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => call.Soon())).Message);
        await gone.Task.Soon();
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("one", 0.000029, "openai/first")]
    [InlineData("two", 0.000141, "azure/second")]
    public async Task The_deployment_that_answered_tells_price_and_name(string id, double cost, string name)
    {
        ChatResult result = await Answer(Stream(id, Answers.Usage), "m");

        Assert.Equal(
            ((decimal)cost, CostSource.ListPrice, name, "m"),
            (result.Cost, result.CostSource, result.ResolvedModel, result.Model)
        );
    }

    [Fact]
    public async Task The_cost_of_a_plain_reply_is_its_header()
    {
        ChatResult result = await Answer(
            Play.Answer("B", "x-litellm-model-id: two", "x-litellm-response-cost: 6.1499999999999996e-06"),
            "m"
        );

        Assert.Equal((0.00000615m, CostSource.Header, "azure/second"), (result.Cost, result.CostSource, result.ResolvedModel));
    }

    [Fact]
    public async Task The_cost_of_a_stream_is_in_its_usage()
    {
        ChatResult result = await Answer(
            Stream(
                "two",
                Answers.Usage.Replace("\"prompt_tokens\"", "\"cost\":0.25,\"prompt_tokens\"", StringComparison.Ordinal)
            ),
            "m"
        );

        Assert.Equal((0.25m, CostSource.Stream), (result.Cost, result.CostSource));
    }

    [Fact]
    public async Task A_free_deployment_is_free()
    {
        ChatResult result = await Answer(Stream("free"), "lbl/free");

        Assert.Equal((0m, CostSource.Free), (result.Cost, result.CostSource));
    }

    [Theory]
    [InlineData("sparse")]
    [InlineData("hidden")]
    public async Task Without_a_price_the_cost_is_unknown_and_not_zero(string id)
    {
        ChatResult result = await Answer(Stream(id, Answers.Usage), "sparse");

        Assert.Equal((null, CostSource.Unknown), (result.Cost, result.CostSource));
    }

    [Fact]
    public async Task A_deployment_that_is_not_shown_is_named_by_the_header_if_at_all()
    {
        ChatResult result = await Answer(Play.Answer("B", "x-litellm-model-id: hidden", "x-litellm-model-name: openai/gpt"), "m");

        Assert.Equal("openai/gpt", result.ResolvedModel);
    }

    [Fact]
    public async Task The_whole_answer_is_there()
    {
        await using RawServer server = new() { Catalog = Play.Json(Catalog) };
        server.Then(
            Play.Json(
                Answers.Plain(
                    "B",
                    """{"prompt_tokens":1510,"completion_tokens":12,"total_tokens":1522,"prompt_tokens_details":{"cached_tokens":1408},"completion_tokens_details":{"reasoning_tokens":8}}"""
                ),
                200,
                "x-litellm-call-id: call",
                "x-litellm-model-id: two"
            )
        );
        object input = new();
        ChatRequest request = new()
        {
            Model = "m",
            Messages = [new ChatMessage(ChatRole.User, "Q")],
            Input = input,
            IncludeRaw = true,
        };
        ChatResult result = (await Asked.Of(server, request)).Result;

        Assert.Equal(
            ("B", "stop", "call", 1, 1408L, 8L),
            (result.Text, result.FinishReason, result.CallId, result.Attempts, result.CachedTokens, result.ReasoningTokens)
        );
        Assert.Equal(["Q", "B"], result.Messages.Select(message => message.Content ?? ""));
        Assert.Same(input, result.Input);
        Assert.Contains("\"prompt_tokens\":1510", result.Raw!, StringComparison.Ordinal);
        Assert.Equal("two", result.Headers["X-LiteLLM-Model-Id"]);
    }

    private static Func<RawExchange, Task> Stream(string id, params string[] more) =>
        async exchange =>
        {
            await Play.BeginAsync(exchange, $"x-litellm-model-id: {id}", "x-litellm-response-cost-original: 0.0");
            foreach (string data in (string[])[Answers.Piece("B"), Answers.Finish, .. more, Play.Done])
            {
                await exchange.ChunkAsync($"data: {data}\n\n");
            }

            await exchange.LastChunkAsync();
        };

    private static async Task<ChatResult> Answer(Func<RawExchange, Task> script, string model)
    {
        await using RawServer server = new() { Catalog = Play.Json(Catalog) };
        server.Then(script);
        return (await Asked.Of(server, Clients.Question(model))).Result;
    }
}
