using System.Collections.Generic;
using System.Linq;
using CBorg.Core.Resilience;

namespace CBorg.Core.Models;

/// <summary>Says that there is no such model, and which one may have been meant.</summary>
internal static class UnknownModel
{
    /// <param name="name">What was asked for.</param>
    /// <param name="models">The models that there are; null when nobody knows.</param>
    /// <param name="facts">What the server said, if it was asked.</param>
    public static CBorgException Error(string name, IReadOnlyList<Model>? models, ErrorFacts? facts = null)
    {
        string what = ErrorTable.Of(ErrorKind.ModelNotFound).What(name, facts ?? new ErrorFacts());
        IReadOnlyList<string> near = models is null ? [] : NearNames.Of(name, models.Select(model => model.Name));
        string guess = near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
        return Failures.Create(ErrorKind.ModelNotFound, what + guess + (facts is null ? "" : Failures.Ids(facts)), null, facts);
    }
}
