using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>A call that is given up under way goes on at the server, and costs; the module says so and how much at
/// least.</summary>
public sealed class GivenUpTests : IAsyncDisposable
{
    private const string Prices =
        """{"data":[{"model_name":"gpt-paid","litellm_params":{"model":"x"},"model_info":{"id":"d","input_cost_per_token":0.001,"output_cost_per_token":0.01}}]}""";

    private readonly RawServer _server = new() { Catalog = Play.Json(Prices, 200, "x-litellm-version: 1.81.9") };
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<CallEvent> _events = new();
    private readonly ICBorgClient _client;

    public GivenUpTests()
    {
        _client = Clients.For(_server, new FakeClock());
    }

    [Theory]
    [InlineData(false, false, null, "the proxy goes on with it to its end, and charges for all of it")]
    [InlineData(false, true, "1.102.4", "the proxy (LiteLLM 1.102.4) goes on with it to its end, and charges for all of it")]
    [InlineData(
        true,
        false,
        "1.77.2.post1",
        "the proxy (LiteLLM 1.77.2.post1) goes on with it to its end, and charges for all of it"
    )]
    [InlineData(true, false, "1.96.0", "goes on with it until its answer begins, and charges for the question at least")]
    [InlineData(true, true, "1.81.9", "goes on with it to its end, and charges for all of it")]
    [InlineData(true, true, "1.96.0", "stops with it and charges for what it has sent")]
    [InlineData(true, true, "2.0", "stops with it and charges for what it has sent")]
    [InlineData(
        true,
        true,
        null,
        "the proxy stops with it, or, before LiteLLM 1.96, goes on to its end and charges for all of it"
    )]
    [InlineData(true, true, "main", "stops with it, or, before LiteLLM 1.96")]
    public void What_becomes_of_it_depends_on_the_version(bool stream, bool begun, string? version, string told) =>
        Assert.Contains(told, GivenUp.Tell(stream, begun, version), StringComparison.Ordinal);

    [Fact]
    public async Task Before_the_answer_it_has_cost_the_question_at_least()
    {
        await _client.GetModelsAsync(false, null, default).Soon();
        _server.Then(Play.Hold);
        Task<ChatResult> call = Ask();
        await _server.ArrivedAsync().Soon();
        CallEvent told = await StoppedAsync(call);

        // 26 characters are about 6 tokens.
        Assert.Equal((0.006m, 1), (Record().EstimatedCost, told.Attempt));
        Assert.Equal(
            "The call was given up under way; the proxy (LiteLLM 1.81.9) goes on with it to its end, and charges for all of it: at least about $0.006.",
            told.Message
        );
    }

    [Fact]
    public async Task Amid_the_answer_it_has_cost_what_arrived_too()
    {
        await _client.GetModelsAsync(false, null, default).Soon();
        _server.Then(Play.EventsThen(Play.Hold, Answers.Piece("Eight ch")));
        TaskCompletionSource shown = new();
        Task<ChatResult> call = Ask(shown);
        await shown.Task.Soon();

        await StoppedAsync(call);

        Assert.Equal(0.026m, Record().EstimatedCost);
    }

    [Fact]
    public async Task Without_prices_at_hand_it_is_told_without_a_figure_and_nothing_is_asked_for_it()
    {
        _server.Catalog = Play.Hold;
        _server.Then(Play.Hold);
        Task<ChatResult> call = Ask();
        await _server.ArrivedAsync().Soon();
        CallEvent told = await StoppedAsync(call);

        Assert.Null(Record().EstimatedCost);
        Assert.EndsWith("charges for all of it.", told.Message, StringComparison.Ordinal);
        Assert.InRange(_server.CatalogRequests.Count, 0, 1);
    }

    [Fact]
    public async Task A_time_that_is_over_gives_it_up_too()
    {
        FakeClock clock = new();
        _server.Then(Play.Hold);
        Task<ChatResult> call = Clients
            .For(_server, clock, timeout: TimeSpan.FromSeconds(20))
            .ChatAsync(Clients.Question(), null, _events.Enqueue, default);
        await _server.ArrivedAsync().Soon();
        clock.Advance(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<CBorgTimeoutException>(() => call.Soon());

        Assert.Single(_events, told => told.Kind == CallEventKind.Cancelled);
    }

    [Fact]
    public async Task A_call_that_waits_to_try_again_is_not_under_way()
    {
        _server.Then(Play.Error(503, "down", null, "retry-after: 60"));
        TaskCompletionSource waits = new();
        Task<ChatResult> call = _client.ChatAsync(
            Clients.Question(),
            null,
            told =>
            {
                _events.Enqueue(told);
                _ = told.Kind == CallEventKind.Waiting && waits.TrySetResult();
            },
            _stop.Token
        );
        await waits.Task.Soon();
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());

        Assert.DoesNotContain(_events, told => told.Kind == CallEventKind.Cancelled);
    }

    [Fact]
    public async Task A_call_that_was_answered_was_not_given_up()
    {
        _server.Then(Play.Answer("B"));
        await Ask().Soon();

        Assert.DoesNotContain(_events, told => told.Kind == CallEventKind.Cancelled);
    }

    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return _server.DisposeAsync();
    }

    private Task<ChatResult> Ask(TaskCompletionSource? shown = null) =>
        _client.ChatAsync(
            Clients.Question(),
            _ =>
            {
                shown?.TrySetResult();
                return Task.CompletedTask;
            },
            _events.Enqueue,
            _stop.Token
        );

    private async Task<CallEvent> StoppedAsync(Task<ChatResult> call)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        return Assert.Single(_events, told => told.Kind == CallEventKind.Cancelled);
    }

    private CallRecord Record() => Assert.Single(_events, told => told.Kind == CallEventKind.Completed).Record!;
}
