using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Core.Tests.Faults;

/// <summary>A fault and a kind of call: what came of it when the fault befell the first request only, and when it befell
/// all.</summary>
internal sealed record MatrixCell(FaultRow Row, Operation Operation, Got Usual, Found Once, Found ForGood)
{
    private const int Attempts = MatrixColumn.Retries + 1;
    private const int MostRejections = 60;

    private Right Right => Row.For(Operation);

    // What the framework sends again by itself, up to three times each, comes on top.
    private int Repeats => Row.BreaksBeforeAnswer && !Operation.HasBody ? 4 : 1;

    /// <summary>Whether an answer that had been begun is lost, in whole or in part.</summary>
    public bool LosesAnswer => Row.ComesAfterAnswer && Right.Course != Course.Answer;

    /// <summary>What is not as it ought to be; nothing when all is right.</summary>
    public IEnumerable<string> Complaints() =>
        Judge().Where(check => !check.IsRight).Select(check => $"{Operation.Name}, {Row.Script}: {check.What}");

    /// <summary>As the matrix shows it.</summary>
    public string Text() =>
        (Once.Got, ForGood.Got) switch
        {
            (not null, not null) => "answer",
            (not null, null) => $"again; {ForGood.Kind}",
            (null, null) when Once.Kind == ErrorKind.StreamInterrupted => "text kept",
            _ => $"{Once.Kind}",
        };

    private IEnumerable<(bool IsRight, string What)> Judge()
    {
        yield return Right.Course switch
        {
            Course.Answer => (
                IsAnswer(Once) && Once.Requests == 1,
                $"once ought to bring the answer of the first request, and brings {Once}: {Once.Failure}"
            ),
            Course.Again or Course.Queue => (
                IsAnswer(Once) && Within(Once.Requests, 2, 2 * Repeats),
                $"once ought to bring the answer of the second request, and brings {Once}: {Once.Failure}"
            ),
            _ => (
                Once.Kind == Right.Kind && Once.Requests == 1,
                $"once ought to be {Right.Kind} after 1, and is {Once}: {Once.Failure}"
            ),
        };
        yield return Right.Course switch
        {
            Course.Answer => (
                IsAnswer(ForGood) && ForGood.Requests == 1,
                $"for good ought to bring an answer, and brings {ForGood}: {ForGood.Failure}"
            ),
            Course.Again => (
                ForGood.Kind == Right.Kind && Within(ForGood.Requests, Attempts, Attempts * Repeats),
                $"for good ought to be {Right.Kind} after {Attempts}, and is {ForGood}: {ForGood.Failure}"
            ),
            Course.Queue => (
                ForGood.Kind == Right.Kind && Within(ForGood.Requests, Attempts, MostRejections),
                $"for good ought to be {Right.Kind} after up to {MostRejections}, and is {ForGood}: {ForGood.Failure}"
            ),
            _ => (
                ForGood.Kind == Right.Kind && ForGood.Requests == 1,
                $"for good ought to be {Right.Kind} after 1, and is {ForGood}: {ForGood.Failure}"
            ),
        };
        foreach (Found found in new[] { Once, ForGood })
        {
            yield return (
                found.Next?.Got?.Text == Usual.Text,
                $"the next call ought to be answered, and brings {found.Next}: {found.Next?.Failure}"
            );
            yield return (
                Repeats > 1 || (found.Failure?.Attempts ?? found.Requests) == found.Requests,
                $"the failure says {found.Failure?.Attempts} requests, the ledger {found.Requests}"
            );
            yield return (
                Right != Right.Partial
                    || (found.Partial is { Length: > 0 } text && Usual.Text.StartsWith(text, StringComparison.Ordinal)),
                $"what had arrived ought to be kept, and is '{found.Partial}'"
            );
            yield return (
                found.Ledger.Count(row => row.CallId is not null && row.CallId == found.Got?.CallId) <= 1,
                "one reply ought to be one row of the ledger"
            );
            yield return IsCost(found);
        }
    }

    private bool IsAnswer(Found found) => found.Got?.Text == Usual.Text && (Row.HidesUsage || found.Got.Tokens == Usual.Tokens);

    /// <summary>The answer's cost is that of its own request in the ledger: neither 0 nor that of one that was lost.</summary>
    private (bool IsRight, string What) IsCost(Found found)
    {
        decimal? charged = found.Ledger.FirstOrDefault(row => row.CallId == found.Got?.CallId)?.Cost;
        return (
            !Operation.IsChat || found.Got is null || found.Got.Cost == charged || (Row.HidesUsage && found.Got.Cost is null),
            $"the cost ought to be {charged}, and is {found.Got?.Cost}"
        );
    }

    private static bool Within(int number, int least, int most) => number >= least && number <= most;
}
