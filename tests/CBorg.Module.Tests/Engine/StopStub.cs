using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;

namespace CBorg.Module.Tests.Engine;

/// <summary>Answers chats and embeddings by their question: the first when it is let go, the second as the state wants it,
/// calls that take all places once all of them are there.</summary>
internal sealed class StopStub
{
    public const string First = "first";
    public const string Second = "second";

    private readonly ConcurrentDictionary<string, TaskCompletionSource<StubExchange>> _arrived = new();
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StopState _state;

    public StopStub(StubServer stub, StopState state)
    {
        _state = state;
        stub.Chat = HearAsync;
        stub.Other = exchange =>
            exchange.Request.Path == "/embeddings" ? HearAsync(exchange) : exchange.JsonAsync(404, """{"detail":"Not Found"}""");
    }

    /// <summary>Ends when the answer to the second has begun and goes on as the state wants it.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Lets the first have its answer.</summary>
    public void LetGo() => _letGo.TrySetResult();

    public Task<StubExchange> ArrivedAsync(string question) => Arrival(question).Task;

    public bool HasArrived(string question) => Arrival(question).Task.IsCompleted;

    private TaskCompletionSource<StubExchange> Arrival(string question) =>
        _arrived.GetOrAdd(question, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task HearAsync(StubExchange exchange)
    {
        string question = exchange.Request.IsChat
            ? exchange.Request.Messages[^1]["user: ".Length..]
            : exchange.Request.Json.GetProperty("input")[0].GetString()!;
        Arrival(question).TrySetResult(exchange);
        switch (question)
        {
            case First:
                await _letGo.Task.WaitAsync(TestTimeout.Long);
                break;
            case Second:
                await SecondAsync(exchange);
                return;
            case "next 1" or "next 2":
                await Task.WhenAll(ArrivedAsync("next 1"), ArrivedAsync("next 2"));
                break;
            case "other":
                await ArrivedAsync("end of other");
                break;
        }

        await AnswerAsync(exchange, question);
    }

    private Task SecondAsync(StubExchange exchange) =>
        (_state, exchange.Request.IsChat) switch
        {
            (StopState.MidStream, true) or (StopState.SlowDownstream, true) => WithoutEndAsync(exchange),
            (StopState.Stalled, true) => HalfAsync(
                exchange,
                "text/event-stream; charset=utf-8",
                () => exchange.PieceAsync("Half")
            ),
            (StopState.Stalled, false) => HalfAsync(exchange, "application/json", () => Task.CompletedTask),
            (StopState.BackOff, _) => exchange.ErrorAsync(
                503,
                null,
                "litellm.ServiceUnavailableError: OpenAIException - overloaded",
                "retry-after: 100\r\n"
            ),
            _ => exchange.StallAsync(),
        };

    private async Task WithoutEndAsync(StubExchange exchange)
    {
        await exchange.BeginStreamAsync();
        while (!exchange.Gone.IsCompleted)
        {
            await exchange.PieceAsync("word ");
            _begun.TrySetResult();
            await Task.Yield();
        }
    }

    private async Task HalfAsync(StubExchange exchange, string type, Func<Task> half)
    {
        await exchange.BeginStreamAsync(type);
        await half();
        _begun.TrySetResult();
        await exchange.StallAsync();
    }

    private static Task AnswerAsync(StubExchange exchange, string question)
    {
        if (exchange.Request.IsChat)
        {
            return exchange.AnswerAsync(question);
        }

        int texts = exchange.Request.Json.GetProperty("input").GetArrayLength();
        return exchange.JsonAsync(
            200,
            JsonSerializer.Serialize(
                new
                {
                    @object = "list",
                    data = Enumerable
                        .Range(0, texts)
                        .Select(i => new
                        {
                            @object = "embedding",
                            index = i,
                            embedding = new[] { 1, 2 },
                        }),
                    model = "v",
                    usage = new { prompt_tokens = texts, total_tokens = texts },
                }
            )
        );
    }

    /// <summary>Lets the call that holds the only place have its answer.</summary>
    public void EndOther() => Arrival("end of other").TrySetResult(null!);
}
