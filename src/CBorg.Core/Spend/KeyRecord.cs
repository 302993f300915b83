namespace CBorg.Core.Spend;

/// <summary>A key, with the hash by which the proxy's reports name it.</summary>
internal sealed record KeyRecord(string? Hash, KeyInfo Info);
