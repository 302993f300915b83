using System.Collections.Generic;
using System.Linq;

namespace CBorg.Pipeline;

/// <summary>What is written for inputs that failed.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Input">The input as it came; an array where one failure stands for several.</param>
internal sealed record RowFailure(CBorgException Reason, object? Input)
{
    /// <summary>One for all inputs.</summary>
    public static RowFailure OfAll(CBorgException reason, IReadOnlyList<object?> inputs) =>
        new(reason, inputs.Count == 1 ? inputs[0] : inputs.ToArray());
}
