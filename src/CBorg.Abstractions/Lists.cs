using System.Collections.Generic;
using System.Linq;

namespace CBorg;

/// <summary>PowerShell indexes arrays and lists (<c>$r.Messages[-1]</c>), but not whatever else the compiler makes for a
/// read-only list.</summary>
internal static class Lists
{
    public static IReadOnlyList<T> Indexable<T>(IReadOnlyList<T> list) => list is T[] or List<T> ? list : list.ToArray();
}
