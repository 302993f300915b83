using System;
using System.Threading.Tasks;

namespace CBorg.Core.Limits;

/// <summary>A call in the limiter's queue.</summary>
internal sealed class QueuedCall(PermitRequest request, Action<CallEvent>? onEvent)
{
    // Whoever waits goes on elsewhere: this completes under the limiter's lock.
    private readonly TaskCompletionSource<Permit> _permit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PermitRequest Request => request;

    public string Model => request.Model;

    public Action<CallEvent>? OnEvent => onEvent;

    /// <summary>Completes with the permit; is cancelled when the call gives up; fails when it could only fail.</summary>
    public Task<Permit> Permit => _permit.Task;

    /// <summary>Whether it waits for nothing any more.</summary>
    public bool IsOver => _permit.Task.IsCompleted;

    /// <summary>The reason that its listener was told last; empty before. The limiter's lock guards it.</summary>
    public string ReportedReason { get; set; } = "";

    /// <summary>What it is to be told of its wait; null when nothing is.</summary>
    public CallEvent? Notice { get; set; }

    /// <summary>Tells it that, unless another thread has; when this returns it has been told. Throws what the listener
    /// throws.</summary>
    public void TellNotice()
    {
        lock (_permit)
        {
            if (Notice is { } notice)
            {
                Notice = null;
                onEvent?.Invoke(notice);
            }
        }
    }

    /// <summary>A permit that came when it had given up already, and has to be taken back. The limiter's lock guards
    /// it.</summary>
    public Permit? LatePermit { get; set; }

    /// <returns>False when it is over already, so that the permit has to be taken back.</returns>
    public bool TryAdmit(Permit permit) => _permit.TrySetResult(permit);

    /// <returns>False when it is over already.</returns>
    public bool TryFail(Exception failure) => _permit.TrySetException(failure);

    /// <returns>False when it is over already.</returns>
    public bool TryCancel() => _permit.TrySetCanceled();
}
