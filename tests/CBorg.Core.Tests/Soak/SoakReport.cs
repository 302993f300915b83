using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CBorg.Core.Tests.Faults;

namespace CBorg.Core.Tests.Soak;

/// <summary>The client's books against the emulator's.</summary>
internal sealed class SoakReport(IReadOnlyList<SoakRow> rows, IReadOnlyList<LedgerRow> ledger)
{
    private static readonly ErrorKind[] s_allowed = [ErrorKind.StreamInterrupted];

    // The ledger's figures are binary fractions; the client's are not.
    private const decimal Rounding = 0.000001m;

    private readonly HashSet<Guid?> _delivered = [.. rows.Where(row => row.Kind is null).Select(row => row.CallId)];

    public int Answered => rows.Count(row => row.Kind is null);

    /// <summary>What the client says its answers cost.</summary>
    public decimal Cost => rows.Where(row => row.Kind is null).Sum(row => row.Cost ?? 0);

    /// <summary>What the emulator charged for the replies that arrived.</summary>
    public decimal Charged => ledger.Where(row => _delivered.Contains(SoakRow.Parse(row.CallId))).Sum(row => row.Cost);

    /// <summary>Replies that were charged and did not arrive whole.</summary>
    public IReadOnlyList<LedgerRow> Lost =>
        [.. ledger.Where(row => row.Cost > 0 && !_delivered.Contains(SoakRow.Parse(row.CallId)))];

    /// <summary>What is not as it ought to be.</summary>
    public IEnumerable<string> Complaints() => Judge().Where(check => !check.IsRight).Select(check => check.What);

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Count:N0} rows: {Answered:N0} answered, {rows.Count - Answered:N0} broken off ({Kinds()}); {ledger.Count:N0} requests, {ledger.Count(row => row.Fault is not null):N0} with a fault; cost {Cost} of {Charged} charged, and {Lost.Sum(row => row.Cost)} for {Lost.Count:N0} replies that were lost ({LostBy()})"
        );

    private IEnumerable<(bool IsRight, string What)> Judge()
    {
        yield return (rows.All(row => row.Ends == 1), $"each row ought to end once: {rows.FirstOrDefault(row => row.Ends != 1)}");
        yield return (
            rows.All(row => row.IsRight),
            $"each answer ought to be its row's own: {rows.FirstOrDefault(row => !row.IsRight)}"
        );
        yield return (
            rows.All(row => row.Kind is null || s_allowed.Contains(row.Kind.Value)),
            $"only streams that broke off ought to fail: {Kinds()}"
        );
        yield return (rows.All(row => row.Kind is not null || row.Cost > 0), "each answer ought to have a cost");
        yield return (_delivered.Count == Answered, $"no two rows ought to have one reply: {_delivered.Count} of {Answered}");
        yield return (Math.Abs(Cost - Charged) < Rounding, $"the costs ought to agree: {Cost} and {Charged}");
        yield return (
            Lost.All(row => row.Fault is not null || row.ClientClosed),
            $"only what a fault broke ought to be lost: {Lost.FirstOrDefault(row => row.Fault is null && !row.ClientClosed)}"
        );
        yield return (ledger.All(row => row.Ended), "nothing ought to be left under way");
    }

    private string Kinds() =>
        string.Join(
            ", ",
            rows.Where(row => row.Kind is not null).GroupBy(row => row.Kind).Select(group => $"{group.Key} {group.Count()}")
        );

    private string LostBy() =>
        string.Join(
            ", ",
            Lost.GroupBy(row => row.Fault ?? "given up, the machine being too busy to answer within the time for silence")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Key}: {group.Count()}")
        );
}
