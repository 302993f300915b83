using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>
/// A service, or one route or model of it, that is down: since when, and who asks next. Open while nobody asks, half-open while
/// a call probes, closed when it is back. Not thread-safe: <see cref="CircuitBreaker"/> guards it.
/// </summary>
internal sealed class Circuit(string scope, CBorgException failure, DateTimeOffset since, TimeSpan now)
{
    private TaskCompletionSource<bool> _changed = NewChange();

    /// <summary>Empty for the whole endpoint, else a model or a route.</summary>
    public string Scope => scope;

    /// <summary>What is down, for people to read.</summary>
    public string Name { get; } = scope.Length == 0 ? failure.Facts.Host ?? "the service" : $"{scope} at {failure.Facts.Host}";

    public DateTimeOffset Since => since;

    /// <summary><see cref="Since"/> by the clock's monotonic time.</summary>
    public TimeSpan Began { get; } = now;

    /// <summary>How it failed the last time, and when.</summary>
    public CBorgException Failure { get; private set; } = failure;

    /// <inheritdoc cref="Failure"/>
    public TimeSpan FailedAt { get; private set; } = now;

    /// <summary>How often it has been asked in vain, for the length of the next wait.</summary>
    public int Round { get; private set; }

    /// <summary>When it is to be asked again.</summary>
    public TimeSpan NextTry { get; private set; }

    /// <summary>Whether the service named that time itself.</summary>
    public bool TimeIsAsked { get; private set; }

    /// <summary>The call that asks right now. Null: nobody does.</summary>
    public CallContext? Prober { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>The calls that wait, in order; the first of them asks next.</summary>
    public LinkedList<CallContext> Waiting { get; } = new();

    /// <summary>Completes when anything of this has changed.</summary>
    public Task Changed => _changed.Task;

    /// <summary>A call is to ask. From here on it has the probe, and gives it back however it ends.</summary>
    public void ProbeBy(CallContext call) => (Prober, call.Probe) = (call, this);

    /// <summary>It was asked in vain.</summary>
    public void Failed(CBorgException failure, TimeSpan now, Func<CBorgException, int, TimeSpan> delay)
    {
        Seen(failure, now);
        Round++;
        NextTry = now + delay(failure, Round);
        TimeIsAsked = failure.RetryAfter > TimeSpan.Zero;
        PassOn();
    }

    /// <summary>Another call, sent before it was known to be down, failed too.</summary>
    public void Seen(CBorgException failure, TimeSpan now)
    {
        Failure = failure;
        FailedAt = now;
    }

    /// <summary>Whoever was to ask has done so, or does not; the next one asks.</summary>
    public void PassOn()
    {
        Prober = null;
        Tell();
    }

    public void Close()
    {
        IsClosed = true;
        Tell();
    }

    public void Tell()
    {
        TaskCompletionSource<bool> changed = _changed;
        _changed = NewChange();
        changed.TrySetResult(true);
    }

    private static TaskCompletionSource<bool> NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
