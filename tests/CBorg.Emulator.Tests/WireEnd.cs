namespace CBorg.Emulator.Tests;

/// <summary>How a connection ended.</summary>
public enum WireEnd
{
    Closed,
    Reset,

    /// <summary>Nothing more came while the test waited.</summary>
    Silent,
}
