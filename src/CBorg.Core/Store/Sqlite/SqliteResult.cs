namespace CBorg.Core.Store.Sqlite;

/// <summary>SQLite's primary result codes, as far as they are told apart.</summary>
internal enum SqliteResult
{
    Ok = 0,
    Permission = 3,
    Busy = 5,
    ReadOnly = 8,
    Corrupt = 11,
    CannotOpen = 14,

    /// <summary>Others change the locks of the log all the time. Like busy, it passes.</summary>
    Protocol = 15,

    NotADatabase = 26,

    /// <summary>There is a row.</summary>
    Row = 100,

    /// <summary>The statement has run to its end.</summary>
    Done = 101,
}
