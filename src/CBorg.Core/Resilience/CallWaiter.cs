using System;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>A call in the limiter's queue. Not thread-safe: <see cref="CallLimiter"/> guards it.</summary>
internal sealed class CallWaiter(string model, long tokens)
{
    private TaskCompletionSource<bool> _changed = NewSource();

    public string Model => model;

    public long Tokens => tokens;

    /// <summary>Completes with the lease; cancelled when the call gives up.</summary>
    public TaskCompletionSource<CallLease> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Reason { get; private set; } = "";

    /// <summary>When to look again at the latest; null when another call has to end first.</summary>
    public TimeSpan? Until { get; private set; }


    public void Blocked(string reason, TimeSpan? until)
    {
        if (until != Until)
        {
            _changed.TrySetResult(true);
        }

        (Reason, Until) = (reason, until);
    }

    /// <returns>When to look again, and what completes when that becomes another time.</returns>
    public (TimeSpan? Until, Task Changed) Look()
    {
        _changed = NewSource();
        return (Until, _changed.Task);
    }

    private static TaskCompletionSource<bool> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
