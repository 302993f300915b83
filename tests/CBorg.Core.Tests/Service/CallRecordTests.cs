using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>However a call ends, its last event holds one record of what it was and what became of it.</summary>
public sealed class CallRecordTests : IAsyncDisposable
{
    private readonly RawServer _server = new();
    private readonly ConcurrentQueue<CallEvent> _events = new();

    [Fact]
    public async Task An_answer_has_its_tokens_cost_and_deployment()
    {
        _server.Then(Play.Answer("B", "x-litellm-call-id: 7", "x-litellm-model-id: d", "x-litellm-response-cost: 0.002"));
        await AskAsync(Clients.For(_server));
        CallRecord record = Record();

        Assert.Equal(("/chat/completions", "gpt-paid", CallOutcome.Succeeded), (record.Route, record.Model, record.Outcome));
        Assert.Equal(
            (17, 6, 0.002m, CostSource.Header),
            (record.PromptTokens, record.CompletionTokens, record.Cost, record.CostSource)
        );
        Assert.Equal((1, 200, "7", "d"), (record.Attempts, record.StatusCode, record.CallId, record.Deployment));
        Assert.Null(record.Failure);
        Assert.Null(record.EstimatedCost);
    }

    [Fact]
    public async Task Waits_between_attempts_are_told_apart_from_work()
    {
        _server.Then(Play.Error(503, "litellm.ServiceUnavailableError: down", null, "retry-after: 30")).Then(Play.Answer("B"));
        await AskAsync(Clients.For(_server, FakeClock.Skipping()));

        Assert.Equal(
            (2, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)),
            (Record().Attempts, Record().WaitTime, Record().Duration)
        );
        Assert.Equal(FakeClock.Start, Record().StartedAt);
    }

    [Fact]
    public async Task A_failure_is_the_one_that_the_caller_got()
    {
        _server.Then(Play.Error(400, "{'error': '/chat/completions: Invalid model name passed in model=gpt-paid.'}"));
        CBorgException thrown = await Assert.ThrowsAsync<CBorgRequestException>(() => AskAsync(Clients.For(_server)));

        Assert.Equal((CallOutcome.Failed, 1, 400), (Record().Outcome, Record().Attempts, Record().StatusCode));
        Assert.Same(thrown, Record().Failure);
    }

    [Fact]
    public async Task A_stream_that_broke_has_failed_and_keeps_what_is_known_of_it()
    {
        _server.Then(Play.EventsThen(Play.Reset, Answers.Usage, Answers.Piece("Aft")));
        CBorgException thrown = await Assert.ThrowsAsync<CBorgStreamException>(() => AskAsync(Clients.For(_server)));

        Assert.Equal((CallOutcome.Failed, 17, 6), (Record().Outcome, Record().PromptTokens, Record().CompletionTokens));
        Assert.Same(thrown, Record().Failure);
    }

    [Fact]
    public async Task A_call_that_was_never_sent_says_so()
    {
        await Assert.ThrowsAsync<CBorgAuthenticationException>(() => AskAsync(Clients.For(_server, key: null)));

        Assert.Equal(
            (CallOutcome.Failed, 0, ErrorKind.KeyMissing),
            (Record().Outcome, Record().Attempts, Record().Failure!.Kind)
        );
    }

    [Fact]
    public async Task A_call_that_its_caller_gives_up_has_no_failure()
    {
        _server.Then(Play.Hold);
        using CancellationTokenSource stop = new();
        Task<ChatResult> call = AskAsync(Clients.For(_server, new FakeClock()), stop.Token);
        await _server.ArrivedAsync().Soon();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());

        Assert.Equal((CallOutcome.Cancelled, 1, null), (Record().Outcome, Record().Attempts, Record().StatusCode));
        Assert.Null(Record().Failure);
    }

    [Fact]
    public async Task Each_request_of_many_texts_is_a_call()
    {
        _server.Otherwise = exchange =>
            Play.Json(Vectors(exchange.Request.Json().GetProperty("input").GetArrayLength()))(exchange);
        EmbeddingRequest request = new() { Model = "embed", Texts = [.. Enumerable.Range(0, 130).Select(_ => "text")] };
        await Clients.For(_server).EmbedAsync(request, _ => Task.CompletedTask, _events.Enqueue, default).Soon();

        CallRecord[] records = [.. Records()];
        Assert.Equal(
            [(128, "/embeddings"), (2, "/embeddings")],
            records.Select(record => ((int)record.PromptTokens!, record.Route))
        );
    }

    [Fact]
    public async Task A_route_without_a_model_is_told_without_its_query()
    {
        _server.Otherwise = Play.Json("{}");
        await Clients
            .For(_server)
            .SendAsync(
                new RestRequest
                {
                    Method = "POST",
                    Path = "/x?secret=1",
                    Body = "1",
                },
                _events.Enqueue,
                default
            )
            .Soon();

        Assert.Equal(
            ("/x", null, CallOutcome.Succeeded, CostSource.Unknown),
            (Record().Route, Record().Model, Record().Outcome, Record().CostSource)
        );
    }

    [Fact]
    public async Task A_listener_that_fails_at_the_end_does_not_hide_why_the_call_failed()
    {
        _server.Otherwise = Play.Error(400, "litellm.BadRequestError: no");
        CBorgException failure = await Assert.ThrowsAsync<CBorgRequestException>(() =>
            Clients
                .For(_server)
                .ChatAsync(
                    Clients.Question(),
                    null,
                    told => _ = told.Kind == CallEventKind.Completed ? throw new InvalidOperationException() : told,
                    default
                )
        );

        Assert.Equal(ErrorKind.BadRequest, failure.Kind);
    }

    [Fact]
    public async Task While_the_price_of_an_answer_is_looked_up_its_permit_is_free_for_the_next_call()
    {
        _server.Catalog = Play.Hold;
        _server.Then(Play.Answer("A", "x-litellm-model-id: d")).Then(Play.Answer("B"));
        FakeClock clock = new();
        ICBorgClient client = Clients.For(_server, clock, throttle: 1);
        Task<ChatResult> first = AskAsync(client);
        await clock.Waiting(TimeSpan.FromSeconds(10)).Soon();

        Assert.Equal("B", (await client.ChatAsync(Clients.Question(), null, null, default).Soon()).Text);
        Assert.False(first.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(10));
        ChatResult answer = await first.Soon();
        Assert.Equal(("A", null), (answer.Text, answer.Cost));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<ChatResult> AskAsync(ICBorgClient client, CancellationToken stop = default) =>
        client.ChatAsync(Clients.Question(), null, _events.Enqueue, stop).Soon();

    private CallRecord Record()
    {
        CallRecord record = Assert.Single(Records());
        Assert.Equal(CallEventKind.Completed, _events.Last().Kind);
        return record;
    }

    private IEnumerable<CallRecord> Records() =>
        _events.Where(told => told.Kind == CallEventKind.Completed).Select(told => told.Record!);

    private static string Vectors(int count)
    {
        string rows = string.Join(",", Enumerable.Range(0, count).Select(index => $$"""{"index":{{index}},"embedding":[1,0]}"""));
        return $$"""{"data":[{{rows}}],"usage":{"prompt_tokens":{{count}} } }""";
    }
}
