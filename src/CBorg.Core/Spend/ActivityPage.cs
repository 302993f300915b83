using System.Collections.Generic;

namespace CBorg.Core.Spend;

/// <summary>One page of a report: what each model took on each day.</summary>
/// <param name="Rows">In no order; a day may go on on the next page.</param>
/// <param name="IsOwn">Whether all of it was done with the key that was asked for.</param>
/// <param name="HasMore">Whether another page follows.</param>
internal sealed record ActivityPage(IReadOnlyList<DailySpend> Rows, bool IsOwn, bool HasMore);
