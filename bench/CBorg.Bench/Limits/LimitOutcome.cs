using System.Collections.Generic;
using System.Linq;

namespace CBorg.Bench.Limits;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Allowed">Calls that the server would have let through.</param>
/// <param name="Done">Calls done.</param>
/// <param name="Requests">Requests for them.</param>
/// <param name="Rejected">Rejections by type.</param>
/// <param name="Late">How many of those after the first minute, when there was nothing to learn any more.</param>
/// <param name="Notes">What else is to be said.</param>
internal sealed record LimitOutcome(
    LimitCase Case,
    double Allowed,
    int Done,
    int Requests,
    IReadOnlyDictionary<string, int> Rejected,
    int Late,
    string Notes
)
{
    public double Part => Done / Allowed;

    public bool Met => Part >= Case.Goal && Case.MayReject(this) && Notes.Length == 0;

    public int AllRejected => Rejected.Values.Sum();

    public string RejectedText =>
        AllRejected == 0
            ? "0"
            : string.Join(", ", Rejected.Where(type => type.Value > 0).Select(type => $"{type.Value} {type.Key}"))
                + (Case.Others is null ? $" ({Late} after the first minute)" : "");
}
