using System;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>
/// "There is no service", as found by a call that has used up all its attempts. The calls that were under way at that moment send one more request each instead of all that they have left: so a pipeline
/// whose network is gone ends soon after its first failure, and no call ends without having seen for itself. Calls that begin later are not bound.
/// </summary>
internal sealed class ServiceVerdict(IClock clock)
{
    private readonly object _gate = new();
    private TaskCompletionSource<bool> _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _at;
    private int _attempts;

    /// <summary>Completes with the next verdict.</summary>
    public Task Given
    {
        get
        {
            lock (_gate)
            {
                return _given.Task;
            }
        }
    }

    /// <summary>A call gives up.</summary>
    /// <param name="attempts">The requests that it has sent.</param>
    public void Give(int attempts)
    {
        TaskCompletionSource<bool> given;
        lock (_gate)
        {
            (_at, _attempts) = (clock.Elapsed, attempts);
            (given, _given) = (_given, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        given.TrySetResult(true);
    }

    /// <summary>There was a reply.</summary>
    public void Withdraw()
    {
        lock (_gate)
        {
            _at = null;
        }
    }

    /// <summary>Whether a call is bound by it: it was under way then, and would not have been allowed more attempts.</summary>
    public bool Binds(TimeSpan begun, int allowed)
    {
        lock (_gate)
        {
            return _at > begun && _attempts >= allowed;
        }
    }
}
