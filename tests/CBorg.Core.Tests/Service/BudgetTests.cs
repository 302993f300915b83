using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>A used-up budget is asked about once, and stops what it is of: one model, or all.</summary>
public sealed class BudgetTests : IAsyncDisposable
{
    private const string OfModel = "LiteLLM Virtual Key: h, key_alias: None, exceeded budget for model=gpt-paid";
    private const string OfKey = "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0";

    private readonly RawServer _server = new();

    [Theory]
    [InlineData(OfModel, FailureScope.Model, "The budget of 'gpt-paid' is used up.")]
    [InlineData(OfKey, FailureScope.Key, "The budget is used up.")]
    public async Task It_is_not_tried_again_and_says_what_it_stops(string message, FailureScope stops, string what)
    {
        _server.Otherwise = Play.Error(429, message, "budget_exceeded");
        Asked asked = await Asked.Of(_server);

        Assert.IsType<CBorgBudgetException>(asked.Failure);
        Assert.Equal((ErrorKind.Budget, stops, 1), (asked.Kind, asked.Failure.Stops, _server.Requests.Count));
        Assert.StartsWith(what, asked.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_of_one_model_ends_the_calls_that_wait_for_this_model_and_no_other()
    {
        TaskCompletionSource refused = new();
        _server.Otherwise = exchange => (exchange.Request.Method == "GET" ? Play.Json("{}") : Play.Answer("B"))(exchange);
        _server.Then(async exchange =>
        {
            await refused.Task;
            await Play.Error(429, OfModel, "budget_exceeded")(exchange);
        });
        ICBorgClient client = Clients.For(_server, throttle: 1);
        Task<Asked> first = Asked.Of(client);
        await _server.ArrivedAsync().Soon();
        Task<CBorgBudgetException> same = Assert.ThrowsAsync<CBorgBudgetException>(() => WaitingAsync(client, "gpt-paid", out _));
        Task<ChatResult> other = WaitingAsync(client, "gpt-other", out Task waits);
        await waits.Soon();
        refused.SetResult();

        Assert.Equal(ErrorKind.Budget, (await first.Soon()).Kind);
        Assert.Equal(FailureScope.Model, (await same.Soon()).Stops);
        Assert.Equal("B", (await other.Soon()).Text);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Task<ChatResult> WaitingAsync(ICBorgClient client, string model, out Task waits)
    {
        TaskCompletionSource told = new();
        waits = told.Task;
        return client.ChatAsync(
            Clients.Question(model),
            null,
            news => _ = news.Kind == CallEventKind.Waiting && told.TrySetResult(),
            default
        );
    }
}
