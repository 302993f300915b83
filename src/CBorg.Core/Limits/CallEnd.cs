namespace CBorg.Core.Limits;

/// <summary>How a call ended here, which decides when it ends at the server.</summary>
internal enum CallEnd
{
    /// <summary>Its reply has been read to the end, or its line is broken.</summary>
    Read,

    /// <summary>It was given up while its stream was running.</summary>
    CutStream,

    /// <summary>It was given up before the first byte of its reply, or in the middle of a plain one.</summary>
    GivenUp,
}
