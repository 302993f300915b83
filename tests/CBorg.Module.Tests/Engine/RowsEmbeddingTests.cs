using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>Texts by the hundred: they go in batches, and several of these at once.</summary>
public sealed class RowsEmbeddingTests : IDisposable
{
    private const int Batch = 128;

    private readonly StubServer _stub = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _answered = new();
    private readonly EngineSession? _session;

    public RowsEmbeddingTests()
    {
        _stub.Other = AnswerAsync;
        _session = EngineSession.Open(_stub);
    }

    public void Dispose()
    {
        _session?.Dispose();
        _stub.Dispose();
    }

    private EngineRun Run(string script, params object?[] arguments) => _session!.Run(script, arguments);

    [Fact]
    public void Batches_keep_the_order_of_the_texts_whichever_is_there_first()
    {
        _stub.Other = async exchange =>
        {
            if (FirstText(exchange) == "1")
            {
                await Answered($"{(4 * Batch) + 1}").Task.WaitAsync(TestTimeout.Long);
            }

            await AnswerAsync(exchange);
        };

        EngineRun run = Run("1..600 | New-CBorgEmbedding -Model v").Done();

        Assert.Equal(Enumerable.Range(1, 600).Select(i => $"{i}"), run.Output.Select(embedding => embedding!.Text("Text")));
        Assert.Equal(5, _stub.Requests.Count(request => request.Path == "/embeddings"));
    }

    [Fact]
    public void Texts_given_at_once_go_the_same_way()
    {
        EngineRun run = Run("New-CBorgEmbedding (1..300) -Model v").Done();

        Assert.Equal(Enumerable.Range(1, 300).Select(i => $"{i}"), run.Output.Select(embedding => embedding!.Text("Text")));
        Assert.Equal(3, _stub.Requests.Count(request => request.Path == "/embeddings"));
    }

    [Fact]
    public void Unordered_batches_come_as_they_finish_each_in_one_piece()
    {
        TaskCompletionSource others = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _stub.Other = async exchange =>
        {
            if (FirstText(exchange) == "1")
            {
                await others.Task.WaitAsync(TestTimeout.Long);
            }

            await AnswerAsync(exchange);
        };

        EngineRun run = Run(
                $"$others = $args[0]; 1..{2 * Batch} | New-CBorgEmbedding -Model v -Unordered | ForEach-Object {{ $_; $null = $others.TrySetResult() }}",
                others
            )
            .Done();
        string?[] texts = [.. run.Output.Select(embedding => embedding!.Text("Text"))];

        Assert.Equal(Enumerable.Range(1, 2 * Batch).Select(i => $"{i}").Order(), texts.Order());
        Assert.Equal(Enumerable.Range(Batch + 1, Batch).Select(i => $"{i}"), texts.Take(Batch));
    }

    [Fact]
    public void A_batch_that_fails_fails_its_texts_and_no_others()
    {
        _stub.Other = exchange =>
            FirstText(exchange) == $"{Batch + 1}"
                ? exchange.ErrorAsync(400, null, "litellm.BadRequestError: no")
                : AnswerAsync(exchange);

        EngineRun run = Run($"1..{3 * Batch} | New-CBorgEmbedding -Model v");

        Assert.Null(run.Ended);
        Assert.Equal(2 * Batch, run.Output.Count);
        Assert.Equal(Enumerable.Range(Batch + 1, Batch).Select(i => $"{i}"), run.Errors.Select(error => $"{error.TargetObject}"));
        Assert.All(run.Errors, error => Assert.StartsWith("BadRequest", error.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Fact]
    public void What_ends_everything_ends_the_batches_too()
    {
        _stub.Other = exchange =>
            FirstText(exchange) == "1"
                ? AnswerAsync(exchange)
                : exchange.ErrorAsync(400, "budget_exceeded", "Budget has been exceeded! Current cost: 1, Max budget: 1");

        EngineRun run = Run(
            "$null = 1..100000 | New-CBorgEmbedding -Model v -ThrottleLimit 2 -OutVariable written -ErrorAction SilentlyContinue"
        );

        Assert.Equal("Budget", run.Ended?.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal($"{Batch}", Run("$written.Count").Done().One.ToString());
        Assert.InRange(_stub.Requests.Count(request => request.Path == "/embeddings"), 2, 5);
    }

    [Fact]
    public void Empty_texts_among_many_fail_alone()
    {
        EngineRun run = Run("1..200 | ForEach-Object { $_ % 50 ? \"$_\" : '' } | New-CBorgEmbedding -Model v");

        Assert.Equal(196, run.Output.Count);
        Assert.Equal(4, run.Errors.Count);
        Assert.All(run.Errors, error => Assert.Equal("", error.TargetObject));
    }

    private async Task AnswerAsync(StubExchange exchange)
    {
        var data = exchange
            .Request.Json.GetProperty("input")
            .EnumerateArray()
            .Select(
                (_, index) =>
                    new
                    {
                        @object = "embedding",
                        index,
                        embedding = new[] { 1.0, index },
                    }
            );
        await exchange.JsonAsync(
            200,
            JsonSerializer.Serialize(
                new
                {
                    @object = "list",
                    model = "v",
                    data,
                    usage = new { prompt_tokens = 1, total_tokens = 1 },
                }
            )
        );
        Answered(FirstText(exchange)).TrySetResult();
    }

    private static string FirstText(StubExchange exchange) => exchange.Request.Json.GetProperty("input")[0].GetString()!;

    private TaskCompletionSource Answered(string first) =>
        _answered.GetOrAdd(first, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
