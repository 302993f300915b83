namespace CBorg.Pipeline.Rows;

/// <summary>A row that failed.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Input">The row as it came.</param>
internal sealed record RowFailure(CBorgException Reason, object? Input);
