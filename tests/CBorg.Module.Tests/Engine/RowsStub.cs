using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;

namespace CBorg.Module.Tests.Engine;

/// <summary>Makes a stub answer each row by its question: with the question itself, when the test lets it, as the test
/// says.</summary>
internal sealed class RowsStub
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StubExchange>> _arrived = new();
    private readonly ConcurrentDictionary<string, Func<StubExchange, Task>> _answers = new();
    private readonly ConcurrentQueue<StubExchange> _exchanges = new();

    public RowsStub(StubServer stub)
    {
        stub.Chat = async exchange =>
        {
            string question = Question(exchange.Request);
            _exchanges.Enqueue(exchange);
            Arrival(question).TrySetResult(exchange);
            await (
                _answers.TryGetValue(question, out Func<StubExchange, Task>? answer)
                    ? answer(exchange)
                    : exchange.AnswerAsync(question)
            );
        };
    }

    public IReadOnlyCollection<StubExchange> Exchanges => _exchanges;

    /// <summary>What was asked, in the order of arrival.</summary>
    public IReadOnlyList<string> Asked => [.. _exchanges.Select(exchange => Question(exchange.Request))];

    /// <summary>What a row is answered.</summary>
    public void Answer(object question, Func<StubExchange, Task> answer) => _answers[question.ToString()!] = answer;

    /// <summary>What several rows are answered.</summary>
    public void Answer(int first, int last, Func<StubExchange, Task> answer)
    {
        for (int row = first; row <= last; row++)
        {
            Answer(row, answer);
        }
    }

    /// <summary>Answers a row only after something has happened.</summary>
    public void AnswerAfter(object question, Func<Task> happened) =>
        Answer(
            question,
            async exchange =>
            {
                await happened().WaitAsync(TestTimeout.Long);
                await exchange.AnswerAsync(question.ToString()!);
            }
        );

    /// <summary>Waits until a row has been asked.</summary>
    public Task<StubExchange> ArrivedAsync(object question) => Arrival(question.ToString()!).Task.WaitAsync(TestTimeout.Long);

    /// <summary>Waits until a row has had its answer and let go of the line.</summary>
    public async Task GoneAsync(object question) => await (await ArrivedAsync(question)).Gone.WaitAsync(TestTimeout.Long);

    public static Task RefuseAsync(StubExchange exchange) => exchange.ErrorAsync(400, null, "litellm.BadRequestError: no");

    public static Task BudgetAsync(StubExchange exchange) =>
        exchange.ErrorAsync(400, "budget_exceeded", "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0");

    private TaskCompletionSource<StubExchange> Arrival(string question) =>
        _arrived.GetOrAdd(question, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private static string Question(StubRequest request) => request.Messages[^1]["user: ".Length..];
}
