using System;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>
/// "There is no service", as found by a call that has used up all its attempts. The calls that were under way at that moment
/// send one more request each instead of all that they have left: so a pipeline whose network is gone ends soon after its first
/// failure, and no call ends without having seen for itself. Calls that begin later are not bound.
/// </summary>
internal sealed class GiveUpSignal(IClock clock)
{
    private readonly object _gate = new();
    private TaskCompletionSource<bool> _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan? _at;
    private int _attempts;

    /// <summary>Completes when it is raised the next time.</summary>
    public Task Raised
    {
        get
        {
            lock (_gate)
            {
                return _raised.Task;
            }
        }
    }

    /// <summary>A call gives up.</summary>
    /// <param name="attempts">The requests that it has sent.</param>
    public void Raise(int attempts)
    {
        TaskCompletionSource<bool> raised;
        lock (_gate)
        {
            (_at, _attempts) = (clock.Elapsed, attempts);
            (raised, _raised) = (_raised, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        raised.TrySetResult(true);
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
    public bool Binds(TimeSpan began, int allowed)
    {
        lock (_gate)
        {
            return _at > began && _attempts >= allowed;
        }
    }
}
