namespace CBorg.Emulator.Traits;

/// <summary>Which models may be called when a budget is used up.</summary>
internal enum FreeModels
{
    Never,
    WithoutPrice,
    WithExplicitZero,
}
