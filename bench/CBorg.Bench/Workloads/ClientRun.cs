using System.Collections.Generic;
using System.Linq;

namespace CBorg.Bench.Workloads;

/// <summary>What came of a workload in the hands of a client.</summary>
/// <param name="Workload">It.</param>
/// <param name="Client">Whose hands.</param>
/// <param name="Done">Calls done.</param>
/// <param name="Seconds">Until the last call was over.</param>
/// <param name="Requests">Requests sent, as the emulator counted them.</param>
/// <param name="Rejected">Rejections by type.</param>
/// <param name="Real">What the same client did under the real proxy; null when that was not measured.</param>
internal sealed record ClientRun(
    Workload Workload,
    string Client,
    int Done,
    double Seconds,
    int Requests,
    IReadOnlyDictionary<string, int> Rejected,
    string? Real
)
{
    public int AllRejected => Rejected.Values.Sum();

    public string RejectedText => AllRejected == 0 ? "0" : string.Join(", ", Rejected.Select(type => $"{type.Value} {type.Key}"));
}
