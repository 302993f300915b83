using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>What came of a call: its result or its failure, what was shown meanwhile, and what was told.</summary>
internal sealed class Asked
{
    private readonly ConcurrentQueue<CallEvent> _events = new();
    private readonly ConcurrentQueue<ChatDelta> _deltas = new();

    private Asked() { }

    public ChatResult? Answer { get; private set; }

    public CBorgException? Failure { get; private set; }

    public ChatResult Result => Answer ?? throw new InvalidOperationException($"{Failure?.Kind}: {Failure}");

    public ErrorKind? Kind => Failure?.Kind;

    public IReadOnlyList<CallEvent> Events => [.. _events];

    public IReadOnlyList<ChatDelta> Deltas => [.. _deltas];

    public string Shown => string.Concat(_deltas.Select(delta => delta.Text));

    public static Task<Asked> Of(
        RawServer server,
        ChatRequest? request = null,
        IClock? clock = null,
        int retries = 1,
        TimeSpan? timeout = null
    ) => Of(Clients.For(server, clock, retries, timeout), request);

    public static async Task<Asked> Of(
        ICBorgClient client,
        ChatRequest? request = null,
        CancellationToken cancellationToken = default
    )
    {
        Asked asked = new();
        try
        {
            asked.Answer = await client
                .ChatAsync(request ?? Clients.Question(), asked.Take, asked._events.Enqueue, cancellationToken)
                .Soon()
                .ConfigureAwait(false);
        }
        catch (CBorgException e)
        {
            asked.Failure = e;
        }

        return asked;
    }

    private Task Take(ChatDelta delta)
    {
        _deltas.Enqueue(delta);
        return Task.CompletedTask;
    }
}
