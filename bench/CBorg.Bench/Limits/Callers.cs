using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Bench.Limits;

/// <summary>A script with many rows: keeps as many calls under way as the client thinks worth having, until all are done or
/// it is stopped.</summary>
/// <param name="client">The client.</param>
/// <param name="request">What each call asks.</param>
/// <param name="rows">How many calls.</param>
/// <param name="stage">Told of what goes on; null in real time.</param>
internal sealed class Callers(ICBorgClient client, ChatRequest request, int rows, Stage? stage = null)
{
    private readonly object _gate = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;
    private int _underWay;
    private int _done;

    public int Done => Volatile.Read(ref _done);

    /// <summary>What failed for good, by kind.</summary>
    public ConcurrentDictionary<ErrorKind, int> Failed { get; } = new();

    public int FailedInAll => Failed.Values.Sum();

    public Task RunAsync(CancellationToken stop)
    {
        Fill(stop);
        return _over.Task;
    }

    private void Fill(CancellationToken stop)
    {
        int width = client.ParallelCalls(request.Model);
        lock (_gate)
        {
            for (; _underWay < width && _begun < rows && !stop.IsCancellationRequested; _underWay++, _begun++)
            {
                stage?.Count(ref stage.Chats, 1);
                _ = Task.Run(() => RowAsync(stop), CancellationToken.None);
            }

            if (_underWay == 0)
            {
                _over.TrySetResult();
            }
        }
    }

    private async Task RowAsync(CancellationToken stop)
    {
        WaitObserver observer = new(stage);
        try
        {
            await client.ChatAsync(request, null, observer.Hear, stop).ConfigureAwait(false);
            Interlocked.Increment(ref _done);
        }
        catch (CBorgException e)
        {
            Failed.AddOrUpdate(e.Kind, 1, (_, count) => count + 1);
        }
        catch (OperationCanceledException)
        {
            // The horizon.
        }

        observer.End();
        lock (_gate)
        {
            _underWay--;
        }

        Fill(stop);
        stage?.Count(ref stage.Chats, -1);
    }
}
