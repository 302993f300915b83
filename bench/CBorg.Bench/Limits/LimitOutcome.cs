using System.Collections.Generic;
using System.Linq;

namespace CBorg.Bench.Limits;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Allowed">Calls that the server would have let through.</param>
/// <param name="Done">Calls done.</param>
/// <param name="Requests">Requests for them.</param>
/// <param name="Rejected">Rejections by type.</param>
/// <param name="Notes">What else is to be said.</param>
internal sealed record LimitOutcome(LimitCase Case, double Allowed, int Done, int Requests, IReadOnlyDictionary<string, int> Rejected, string Notes)
{
    public double Part => Done / Allowed;

    public bool Met => Part >= Case.Goal && Rejected.Values.Sum() <= Case.MayReject(Requests) && Notes.Length == 0;

    public string RejectedText => Rejected.Values.Sum() == 0 ? "0" : string.Join(", ", Rejected.Where(type => type.Value > 0).Select(type => $"{type.Value} {type.Key}"));
}
