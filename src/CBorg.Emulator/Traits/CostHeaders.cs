namespace CBorg.Emulator.Traits;

/// <summary>How far the cost is split in headers.</summary>
internal enum CostHeaders
{
    None,
    Margins,
    Parts,
}
