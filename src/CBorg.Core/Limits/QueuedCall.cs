using System;
using System.Threading.Tasks;
using CBorg.Core.Http;

namespace CBorg.Core.Limits;

/// <summary>A call in the limiter's queue. Not thread-safe: <see cref="RateLimiter"/> guards it.</summary>
internal sealed class QueuedCall(PermitRequest request, Action<CallEvent>? onEvent)
{
    public long Ticket => request.Ticket;

    public string Model => request.Model;

    public TokenEstimate Estimate => request.Estimate;

    public LimitSet Chosen => request.UserLimits;

    public Action<CallEvent>? OnEvent => onEvent;

    /// <summary>Completes with the permit; cancelled when the call gives up; fails when it could only fail.</summary>
    public TaskCompletionSource<Permit> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WaitReason WaitReason { get; set; }

    /// <summary>What was last told about its wait.</summary>
    public string Server { get; set; } = "";
}
