using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Limits;

namespace CBorg.Core.Tests.Limits.Exploration;

/// <summary>One call of a schedule, and what its listener has heard.</summary>
internal sealed class ExploredCall : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _throws;
    private readonly List<CallEventKind> _heard = [];

    /// <param name="process">Which limiter it asks.</param>
    /// <param name="model">Whom it asks.</param>
    /// <param name="throws">Whether its listener fails.</param>
    public ExploredCall(int process, string model, bool throws) => (Process, Model, _throws) = (process, model, throws);

    public int Process { get; }

    public string Model { get; }

    public Task<RateLimitLease> Lease { get; private set; } = null!;

    public bool IsCancelled => _stop.IsCancellationRequested;

    /// <summary>Whether it has ended: returned, refused, cancelled, or by its listener.</summary>
    public bool IsOver { get; set; }

    public bool IsInFlight => !IsOver && Lease.IsCompletedSuccessfully;

    public bool IsWaiting => !IsOver && !Lease.IsCompleted;

    public IReadOnlyList<CallEventKind> Heard => _heard;

    public void Start(RateLimiter limiter)
    {
        Lease = limiter.AcquireAsync(new PermitRequest(Model, default, LimitSet.None), Hear, _stop.Token);

        // How it fails is the listener's doing; a schedule that ends early leaves some that nobody asks.
        _ = Lease.ContinueWith(
            failed => failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
    }

    public void Cancel() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private void Hear(CallEvent happened)
    {
        lock (_heard)
        {
            _heard.Add(happened.Kind);
        }

        if (_throws)
        {
            throw new InvalidOperationException("The listener fails.");
        }
    }
}
