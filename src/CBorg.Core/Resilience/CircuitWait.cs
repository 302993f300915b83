using System;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>
/// One call's wait for something that is down: until it is back, or until this call is to probe it, or until it has lasted too
/// long.
/// </summary>
/// <param name="breaker">What all calls know.</param>
/// <param name="clock">Time.</param>
/// <param name="call">Who waits, and tells how it goes, once for each vain try.</param>
/// <param name="longest">How long a circuit may be open.</param>
internal sealed class CircuitWait(CircuitBreaker breaker, IClock clock, CallContext call, TimeSpan longest)
{
    // Timers have an upper limit.
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(1);

    private enum State
    {
        Open,
        Probing,
        Closed,
        TooLong,
    }

    /// <summary>Waits. Afterwards the circuit is closed, or the call has its probe.</summary>
    /// <returns>Null; or, if it lasts too long, the last failure, saying so.</returns>
    public async Task<CBorgException?> WaitAsync(Circuit circuit)
    {
        int told = -1;
        breaker.With(() => circuit.Waiting.AddLast(call));
        try
        {
            while (true)
            {
                call.Stop.ThrowIfCancellationRequested();
                (State state, TimeSpan? until, Task changed) = breaker.With(() => Poll(circuit));
                if (state == State.TooLong)
                {
                    return TooLong(circuit);
                }

                if (state != State.Open)
                {
                    string what = state == State.Probing ? $"{circuit.Name}: asking again" : $"{circuit.Name} is back";
                    call.Tell(CallEventKind.Resumed, what);
                    return null;
                }

                if (circuit.Round != told)
                {
                    told = circuit.Round;
                    TellState(circuit);
                }

                await UntilAsync(until, changed).ConfigureAwait(false);
            }
        }
        finally
        {
            breaker.With(() =>
            {
                circuit.Waiting.Remove(call);
                circuit.Tell();
                return true;
            });
        }
    }

    private (State State, TimeSpan? Until, Task Changed) Poll(Circuit circuit)
    {
        TimeSpan now = clock.Elapsed;
        TimeSpan end = circuit.Began + longest;
        if (circuit.IsClosed)
        {
            return (State.Closed, null, circuit.Changed);
        }

        if (circuit.FailedAt >= end || (circuit.TimeIsAsked && circuit.NextTry > end))
        {
            return (State.TooLong, null, circuit.Changed);
        }

        // When somebody's time is over it asks once more, even out of turn: its last word should not be an old one.
        TimeSpan due = circuit.Waiting.First!.Value == call && circuit.NextTry < end ? circuit.NextTry : end;
        if (circuit.Prober is null && now >= due)
        {
            circuit.ProbeBy(call);
            return (State.Probing, null, circuit.Changed);
        }

        return (State.Open, circuit.Prober is null ? due - now : null, circuit.Changed);
    }

    private async Task UntilAsync(TimeSpan? delay, Task changed)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        Task time = delay is { } wait
            ? clock.Delay(wait < s_longestTimer ? wait : s_longestTimer, enough.Token)
            : Task.Delay(Timeout.Infinite, enough.Token);
        await Task.WhenAny(time, changed).ConfigureAwait(false);
        enough.Cancel();
    }

    private void TellState(Circuit circuit)
    {
        TimeSpan next = circuit.NextTry - clock.Elapsed;
        string when = next > TimeSpan.Zero ? $"next try in {TimeText.Duration(next)}" : "being tried";
        call.Tell(CallEventKind.Waiting, $"{Since(circuit)}, {when}", next > TimeSpan.Zero ? next : null);
    }

    private string Since(Circuit circuit) =>
        $"{circuit.Name} down since {TimeText.Moment(circuit.Since, clock.UtcNow)} "
        + $"({TimeText.Duration(clock.Elapsed - circuit.Began)})";

    private CBorgException TooLong(Circuit circuit)
    {
        ErrorFacts facts = circuit.Failure.Facts with { Attempts = call.Attempt, DownSince = circuit.Since.ToLocalTime() };
        string asks =
            circuit.TimeIsAsked && facts.RetryAt is { } at
                ? $" It asks to come back at {TimeText.Moment(at, clock.UtcNow)}."
                : "";
        string waits = $"the call waits for it {TimeText.Duration(longest)} (Connect-CBorg -WaitForService)";
        return Failures.Again(circuit.Failure, $"{Since(circuit)}; {waits}.{asks}", facts);
    }
}
