using System;
using System.Threading;
using CBorg.Core.Http;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>
/// One call on its way: what its steps share, and what its record will need. Not thread-safe: a call has one step at a time.
/// </summary>
internal sealed class CallContext(
    CallRequest request,
    ReplyReader reader,
    ConnectionOptions options,
    AccountLimitsClient? account,
    IClock clock,
    Action<CallEvent>? onEvent,
    CancellationToken stop
) : IDisposable
{
    public CallRequest Request => request;

    public ReplyReader Reader => reader;

    /// <summary>Whoever listens. Null: nobody. What it throws ends this call and no other.</summary>
    public Action<CallEvent>? OnEvent => onEvent;

    /// <summary>The caller's stop.</summary>
    public CancellationToken Stop => stop;

    public Deadline Deadline { get; } = new(clock, request.Timeout ?? options.Timeout, stop);

    /// <summary>What it asks the rate limiter for. Null for routes that count against no limit.</summary>
    public PermitRequest? PermitRequest { get; } =
        request.Model is { } model
            ? new PermitRequest(model, request.Estimate, LimitSet.Of(options)) { Account = account }
            : null;

    /// <summary>The permit of the attempt under way.</summary>
    public RateLimitLease Lease { get; set; } = RateLimitLease.Free;

    /// <summary>
    /// What the rate limiter made of the last rejection: zero when its queue holds the next attempt as long as needed, a time
    /// to be waited, null when it knows nothing.
    /// </summary>
    public TimeSpan? RetryDelay { get; set; }

    /// <summary>The circuit that this call is to probe. Null: none. The circuit breaker's.</summary>
    public Circuit? Probe { get; set; }

    /// <summary>
    /// The address that it began with, and stays with. Null before, and after that address could not even be connected to.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>The number of the attempt under way, from 1; 0 before the first.</summary>
    public int Attempt { get; set; }

    /// <summary>How many requests went out.</summary>
    public int Requests { get; set; }

    /// <summary>When the attempt under way began, by the clock's monotonic time.</summary>
    public TimeSpan SentAt { get; set; }

    /// <summary>Whether the body of the attempt under way has been handed to the line.</summary>
    public bool IsSent { get; set; }

    /// <summary>How the last attempt failed. Null: none did.</summary>
    public CBorgException? LastFailure { get; set; }

    /// <summary>The headers of the last reply. Null: there was none.</summary>
    public ReplyHeaders? ReplyHeaders { get; set; }

    /// <summary>The status of the last reply.</summary>
    public int? ReplyStatus { get; set; }

    /// <summary>What attempts that were given up have cost at least, in USD. Null when nobody can tell.</summary>
    public decimal? EstimatedCost { get; set; }

    public DateTimeOffset StartedAt { get; } = clock.UtcNow;

    /// <summary><see cref="StartedAt"/> by the clock's monotonic time.</summary>
    public TimeSpan Began { get; } = clock.Elapsed;

    /// <summary>How long it has waited: for permits, between attempts, for a service that was down.</summary>
    public TimeSpan WaitTime { get; set; }

    public TimeSpan Duration => clock.Elapsed - Began;

    public void Tell(CallEventKind kind, string message, TimeSpan? delay = null) =>
        onEvent?.Invoke(
            new CallEvent
            {
                Kind = kind,
                Attempt = Attempt,
                Message = message,
                Delay = delay,
            }
        );

    public void Dispose() => Deadline.Dispose();
}
