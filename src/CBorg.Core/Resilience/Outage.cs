using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>A service, or one model of it, that is down: since when, and who asks it next. Not thread-safe: <see cref="OutageGate"/> guards it.</summary>
internal sealed class Outage(string scope, CBorgException failure, DateTimeOffset since, TimeSpan now)
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

    /// <summary>Whether a call is asking it right now.</summary>
    public bool Probing { get; set; }

    public bool Over { get; private set; }

    /// <summary>The calls that wait, in order; the first of them asks next.</summary>
    public LinkedList<object> Waiting { get; } = new();

    /// <summary>Completes when anything of this has changed.</summary>
    public Task Changed => _changed.Task;

    /// <summary>It was asked in vain.</summary>
    public void Failed(CBorgException failure, TimeSpan now, Func<CBorgException, int, TimeSpan> delay)
    {
        Seen(failure, now);
        Round++;
        NextTry = now + delay(failure, Round);
        TimeIsAsked = failure.RetryAfter > TimeSpan.Zero;
        Probing = false;
        Tell();
    }

    /// <summary>Another call, sent before it was known to be down, failed too.</summary>
    public void Seen(CBorgException failure, TimeSpan now)
    {
        Failure = failure;
        FailedAt = now;
    }

    /// <summary>Whoever was to ask does not; the next one's turn comes.</summary>
    public void PassOn()
    {
        Probing = false;
        Tell();
    }

    public void End()
    {
        Over = true;
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
