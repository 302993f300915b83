namespace CBorg.Emulator.Faults;

/// <summary>How a connection ends.</summary>
internal enum LineEnd
{
    /// <summary>With a TCP reset.</summary>
    Reset,

    /// <summary>Closed in the middle of the reply (FIN).</summary>
    Close,

    /// <summary>The reply is ended as if it were complete.</summary>
    Finish,
}
