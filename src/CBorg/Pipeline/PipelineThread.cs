using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Pipeline;

/// <summary>What asynchronous code is given instead of the cmdlet: it posts delegates that the pipeline thread runs, the only thread on which PowerShell lets a cmdlet write.</summary>
public sealed class PipelineThread
{
    private readonly BlockingCollection<Action> _mail;
    private readonly CancellationToken _cancellationToken;

    internal PipelineThread(BlockingCollection<Action> mail, CancellationToken cancellationToken)
    {
        _mail = mail;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Has something done soon; nobody waits for it. Too late is no error.</summary>
    internal void Post(Action action)
    {
        try
        {
            _mail.Add(action, _cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // The cmdlet has ended; a message that nobody can write any more is dropped.
        }
    }

    /// <summary>Has something done and waits for its result: back-pressure for whoever writes objects.</summary>
    internal async Task<T> Call<T>(Func<T> function)
    {
        // Continuations must not run on the pipeline thread: it has to go on serving the mail.
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = _cancellationToken.Register(() => done.TrySetCanceled());
        _mail.Add(
            () =>
            {
                try
                {
                    done.TrySetResult(function());
                }
                catch (CBorgException e)
                {
                    // A failure of the input is the caller's to report; the pipeline goes on.
                    done.TrySetException(e);
                }
                catch (Exception e)
                {
                    done.TrySetException(e);
                    _ = done.Task.Exception;
                    throw;
                }
            },
            _cancellationToken);
        return await done.Task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="Call{T}"/>
    internal Task Call(Action action) => Call(() =>
    {
        action();
        return true;
    });
}
