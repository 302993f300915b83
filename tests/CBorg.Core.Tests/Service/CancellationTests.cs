using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>A stop is heeded at once in every state, the line is closed, and nothing is left behind. Alone, because
/// unobserved exceptions are everybody's.</summary>
[Collection(nameof(AloneCollection))]
public sealed class CancellationTests : IDisposable
{
    private readonly ConcurrentQueue<Exception> _unobserved = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _gone = new();
    private readonly FakeClock _clock = new();

    public CancellationTests()
    {
        TaskScheduler.UnobservedTaskException += Note;
    }

    [Fact]
    public async Task Before_anything_was_sent()
    {
        await using RawServer server = new();
        await _stop.CancelAsync();
        await Stops(Clients.For(server, _clock), () => Task.CompletedTask);

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Before_the_headers()
    {
        await using RawServer server = new();
        server.Then(Play.Hold(_gone));
        await Stops(Clients.For(server, _clock), server.ArrivedAsync);
        await _gone.Task.Soon();
    }

    [Fact]
    public async Task Before_the_first_text()
    {
        await using RawServer server = new();
        server.Then(Play.EventsThen(Play.Hold(_gone)));
        await Stops(Clients.For(server, _clock), () => _clock.Waiting(TimeSpan.FromMinutes(5)));
        await _gone.Task.Soon();
    }

    [Fact]
    public async Task Amid_the_text()
    {
        await using RawServer server = new();
        server.Then(Play.EventsThen(Play.Hold(_gone), Answers.Piece("After")));
        TaskCompletionSource shown = new();
        await Stops(
            Clients.For(server, _clock),
            () => shown.Task,
            delta =>
            {
                shown.TrySetResult();
                return Task.CompletedTask;
            }
        );
        await _gone.Task.Soon();
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task While_whoever_watches_is_slow()
    {
        await using RawServer server = new();
        server.Then(Play.EventsThen(Play.Hold(_gone), Answers.Piece("After")));
        TaskCompletionSource shown = new();
        await Stops(
            Clients.For(server, _clock),
            () => shown.Task,
            delta =>
            {
                shown.TrySetResult();
                return Task.Delay(Timeout.Infinite, _stop.Token);
            }
        );
        await _gone.Task.Soon();
    }

    [Fact]
    public async Task Amid_a_plain_body()
    {
        await using RawServer server = new();
        TaskCompletionSource begun = new();
        server.Then(async exchange =>
        {
            await exchange.WriteAsync(Play.Head(200, "application/json", "Content-Length: 500") + "{");
            begun.SetResult();
            await Play.Hold(_gone)(exchange);
        });
        await Stops(Clients.For(server, _clock), () => begun.Task);
        await _gone.Task.Soon();
    }

    [Fact]
    public async Task Amid_the_body_of_an_error()
    {
        await using RawServer server = new();
        server.Then(async exchange =>
        {
            await exchange.WriteAsync(Play.Head(500, "application/json", "Content-Length: 500") + "{");
            await Play.Hold(_gone)(exchange);
        });
        await Stops(Clients.For(server, _clock), () => _clock.Waiting(TimeSpan.FromSeconds(5)));
        await _gone.Task.Soon();
    }

    [Fact]
    public async Task While_waiting_to_try_again()
    {
        await using RawServer server = new();
        server.Then(Play.Error(429, "litellm.RateLimitError: slow", null, "retry-after: 90", "x-litellm-call-id: 1"));
        await Stops(Clients.For(server, _clock), () => _clock.Waiting(TimeSpan.FromSeconds(90)));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task While_waiting_for_the_price_of_the_answer()
    {
        await using RawServer server = new() { Catalog = Play.Hold(_gone) };
        server.Then(Play.Answer("B", "x-litellm-model-id: d"));
        await Stops(Clients.For(server, _clock), () => _clock.Waiting(TimeSpan.FromSeconds(10)));
        await _gone.Task.Soon();
    }

    [Fact]
    public async Task While_waiting_for_a_place()
    {
        await using RawServer server = new() { Otherwise = Play.Hold };
        ICBorgClient client = Clients.For(server, _clock);
        using CancellationTokenSource others = new();
        Task[] busy = new Task[5];
        for (int i = 0; i < busy.Length; i++)
        {
            busy[i] = client.ChatAsync(Clients.Question("lbl/mini"), null, null, others.Token);
            await server.ArrivedAsync().Soon();
        }

        TaskCompletionSource waits = new();
        Task<ChatResult> sixth = client.ChatAsync(Clients.Question("lbl/mini"), null, told => Release(waits, told), _stop.Token);
        await waits.Task.Soon();
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sixth.Soon());
        await others.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(busy).Soon());

        Assert.Equal(5, server.Requests.Count);
    }

    public void Dispose()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= Note;
        _stop.Dispose();
        Assert.Empty(_unobserved);
    }

    private static void Release(TaskCompletionSource waits, CallEvent told)
    {
        if (told.Kind == CallEventKind.Waiting)
        {
            waits.TrySetResult();
        }
    }

    private void Note(object? sender, UnobservedTaskExceptionEventArgs e) => _unobserved.Enqueue(e.Exception);

    private async Task Stops(ICBorgClient client, Func<Task> until, Func<ChatDelta, Task>? onDelta = null)
    {
        Task<ChatResult> call = client.ChatAsync(Clients.Question(), onDelta, null, _stop.Token);
        await until().Soon();
        await _stop.CancelAsync();
        OperationCanceledException stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());

        Assert.Equal(_stop.Token, stopped.CancellationToken);
        Assert.Equal(0, _clock.Open);
    }
}
