using System.Linq;

namespace CBorg.Core.Tests.Faults;

/// <summary>How one call went: what it brought or how it failed, and what the emulator saw of it.</summary>
internal sealed record Found(Got? Got, CBorgException? Failure, LedgerRow[] Ledger)
{
    /// <summary>What the same client's next call brought, when the fault was over.</summary>
    public Found? Next { get; init; }

    public int Requests => Ledger.Length;

    public ErrorKind? Kind => Failure?.Kind;

    public string? Partial => (Failure as CBorgStreamException)?.PartialText;

    /// <summary>Calls that the emulator charged for.</summary>
    public int Charged => Ledger.Count(row => row.Cost > 0);

    /// <summary>Of those, the ones that nobody got the answer of.</summary>
    public int ChargedInVain => Charged - (Got is not null && Charged > 0 ? 1 : 0);

    public override string ToString() => $"{(Got is null ? Kind.ToString() : "an answer")} after {Requests}";
}
