using System;
using CBorg.Core.Store.Sqlite;

namespace CBorg.Core.Store;

/// <summary>An open cborg.db with its statements prepared. For one thread at a time.</summary>
internal sealed class CellDatabase : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly WriteAheadLog _log;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _read;
    private readonly SqliteStatement _write;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;

    private CellDatabase(SqliteDatabase database)
    {
        _database = database;
        _log = new WriteAheadLog(database);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _read = database.Prepare("SELECT value FROM cell WHERE name = ?1");
        _write = database.Prepare(
            "INSERT INTO cell VALUES (?1, ?2, ?3) ON CONFLICT(name) DO UPDATE SET value = excluded.value, changed = excluded.changed"
        );
        _commit = database.Prepare("COMMIT");
        _rollback = database.Prepare("ROLLBACK");
    }

    /// <param name="file">The database, with owner-only rights; the files beside it get the same from SQLite.</param>
    /// <param name="turn">How long to wait for others.</param>
    public static CellDatabase Open(string file, LockTimeout timeout)
    {
        SqliteDatabase database = SqliteDatabase.Open(file);
        try
        {
            // A killed process loses nothing that was committed; a power cut may lose the last moments, never the file.
            database.Run("PRAGMA synchronous=NORMAL", timeout);
            CellSchema.Require(database, timeout);
            CellDatabase cells = new(database);
            cells._log.ShortenIfLong();
            return cells;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="change"/> with all other processes shut out. What it throws is passed on, and the
    /// value stays as it was.</summary>
    public void Update(string name, Func<byte[]?, byte[]?> change, LockTimeout timeout)
    {
        _begin.Run(timeout);
        bool committed = false;
        try
        {
            if (change(Read(name)) is not { } next)
            {
                return;
            }

            Write(name, next);
            _commit.Run(timeout);
            committed = true;
            _log.Written();
        }
        finally
        {
            if (!committed)
            {
                // After some failures SQLite has done so itself, and says that there is nothing to roll back.
                _rollback.TryRun();
            }
        }
    }

    /// <summary>The value as it was last kept.</summary>
    public byte[]? Read(string name)
    {
        _read.Bind(1, name);
        try
        {
            return _read.Step() ? _read.Bytes(0) : null;
        }
        finally
        {
            _read.Reset();
        }
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in new[] { _begin, _read, _write, _commit, _rollback })
        {
            statement.Dispose();
        }

        _log.Dispose();
        _database.Dispose();
    }

    private void Write(string name, byte[] value)
    {
        _write.Bind(1, name);
        _write.Bind(2, value);
        _write.Bind(3, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        try
        {
            _write.Step();
        }
        finally
        {
            _write.Reset();
        }
    }
}
