using System;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>One call's wait for something that is down: until it is back, or until it is this call's turn to ask, or until it has lasted too long.</summary>
/// <param name="gate">What all calls know.</param>
/// <param name="clock">Time.</param>
/// <param name="patience">How long an outage may last.</param>
/// <param name="onEvent">Told how it goes, once for each vain try.</param>
internal sealed class OutageWait(OutageGate gate, IClock clock, TimeSpan patience, Action<CallEvent>? onEvent)
{
    // Timers have an upper limit.
    private static readonly TimeSpan s_longestLook = TimeSpan.FromDays(1);

    private enum Verdict
    {
        Wait,
        Ask,
        Back,
        GiveUp,
    }

    /// <param name="outage">What is down.</param>
    /// <param name="sent">The requests that the call has sent.</param>
    /// <param name="stop">The caller's stop.</param>
    /// <returns>Whether this call is to ask now. False: it is back.</returns>
    /// <exception cref="CBorgException">It lasts too long. The last failure, saying so.</exception>
    public async Task<bool> WaitAsync(Outage outage, int sent, CancellationToken stop)
    {
        object me = new();
        int told = -1;
        gate.With(() => outage.Waiting.AddLast(me));
        try
        {
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                (Verdict verdict, TimeSpan? until, Task changed) = gate.With(() => Look(outage, me));
                if (verdict == Verdict.GiveUp)
                {
                    throw TooLong(outage, sent);
                }

                if (verdict != Verdict.Wait)
                {
                    Tell(CallEventKind.Resumed, sent, verdict == Verdict.Ask ? $"{outage.Name}: asking again" : $"{outage.Name} is back", null);
                    return verdict == Verdict.Ask;
                }

                if (outage.Round != told)
                {
                    told = outage.Round;
                    TellState(outage, sent);
                }

                await UntilAsync(until, changed, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            gate.With(() =>
            {
                outage.Waiting.Remove(me);
                outage.Tell();
                return true;
            });
        }
    }

    private (Verdict Verdict, TimeSpan? Until, Task Changed) Look(Outage outage, object me)
    {
        TimeSpan now = clock.Elapsed;
        TimeSpan end = outage.Began + patience;
        if (outage.Over)
        {
            return (Verdict.Back, null, outage.Changed);
        }

        if (outage.FailedAt >= end || (outage.TimeIsAsked && outage.NextTry > end))
        {
            return (Verdict.GiveUp, null, outage.Changed);
        }

        // When somebody's time is over it asks once more, even out of turn: its last word should not be an old one.
        TimeSpan due = outage.Waiting.First!.Value == me && outage.NextTry < end ? outage.NextTry : end;
        if (!outage.Probing && now >= due)
        {
            outage.Probing = true;
            return (Verdict.Ask, null, outage.Changed);
        }

        return (Verdict.Wait, outage.Probing ? null : due - now, outage.Changed);
    }

    private async Task UntilAsync(TimeSpan? delay, Task changed, CancellationToken stop)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task time = delay is { } wait ? clock.Delay(wait < s_longestLook ? wait : s_longestLook, enough.Token) : Task.Delay(Timeout.Infinite, enough.Token);
        await Task.WhenAny(time, changed).ConfigureAwait(false);
        enough.Cancel();
    }

    private void TellState(Outage outage, int sent)
    {
        TimeSpan next = outage.NextTry - clock.Elapsed;
        string when = next > TimeSpan.Zero ? $"next try in {TimeText.Duration(next)}" : "being tried";
        Tell(CallEventKind.Waiting, sent, $"{Since(outage)}, {when}", next > TimeSpan.Zero ? next : null);
    }

    private string Since(Outage outage) => $"{outage.Name} down since {TimeText.Moment(outage.Since, clock.UtcNow)} ({TimeText.Duration(clock.Elapsed - outage.Began)})";

    private CBorgException TooLong(Outage outage, int sent)
    {
        ErrorFacts facts = outage.Failure.Facts with { Attempts = sent, DownSince = outage.Since.ToLocalTime() };
        string asks = outage.TimeIsAsked && facts.RetryAt is { } at ? $" It asks to come back at {TimeText.Moment(at, clock.UtcNow)}." : "";
        return Failures.Again(outage.Failure, $"{Since(outage)}; the call waits for it {TimeText.Duration(patience)} (Connect-CBorg -WaitForService).{asks}", facts);
    }

    private void Tell(CallEventKind kind, int sent, string message, TimeSpan? delay) => onEvent?.Invoke(new CallEvent { Kind = kind, Attempt = sent, Message = message, Delay = delay });
}
