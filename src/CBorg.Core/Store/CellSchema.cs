using CBorg.Core.Store.Sqlite;

namespace CBorg.Core.Store;

/// <summary>The layout of cborg.db, counted in SQLite's user_version.</summary>
internal static class CellSchema
{
    public const long Version = 1;

    /// <summary>Makes the tables in an empty file. A later layout is not touched: it may mean what this version does not
    /// know.</summary>
    public static void Require(SqliteDatabase database, LockTimeout timeout)
    {
        long version = database.Run("PRAGMA user_version", timeout);
        if (version > Version)
        {
            throw new StoreUnavailable(
                StoreProblem.Newer,
                $"a later version of the module has changed {database.File} (layout {version}, this one knows {Version})"
            );
        }

        if (version == Version)
        {
            return;
        }

        database.Run("PRAGMA journal_mode=WAL", timeout);
        database.Run("BEGIN IMMEDIATE", timeout);
        database.Run(
            "CREATE TABLE IF NOT EXISTS cell(name TEXT PRIMARY KEY, value BLOB NOT NULL, changed INTEGER NOT NULL)",
            timeout
        );
        database.Run($"PRAGMA user_version={Version}", timeout);
        database.Run("COMMIT", timeout);
    }
}
