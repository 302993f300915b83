namespace CBorg.Core.Store;

/// <summary>Why nothing can be shared with other processes.</summary>
internal enum StoreProblem
{
    /// <summary>There is no SQLite library for this machine.</summary>
    NoLibrary,

    /// <summary>The folder is on a disk that several machines use, where SQLite's locks cannot be relied on.</summary>
    NotLocal,

    /// <summary>Other users of the machine can read the folder or a file in it, and that cannot be changed.</summary>
    NotPrivate,

    /// <summary>The folder or the file cannot be made, or not be written.</summary>
    NotWritable,

    /// <summary>Other processes held it for longer than one waits. It may pass.</summary>
    Busy,

    /// <summary>A later version of this module has changed the file's layout.</summary>
    Newer,

    /// <summary>The file was damaged again, after it had been begun anew.</summary>
    Damaged,

    /// <summary>Anything else, a full disk for instance. It may pass.</summary>
    Failed,
}
