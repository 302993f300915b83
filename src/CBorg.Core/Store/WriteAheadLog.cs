using System;
using System.IO;
using CBorg.Core.Store.Sqlite;

namespace CBorg.Core.Store;

/// <summary>
/// Keeps the write-ahead log short. SQLite would do that by itself, but up to 3.51.2 its own way ("passive", with writers
/// at work) can damage the file when two processes do it at once and a third writes
/// (sqlite.org/wal.html, "the WAL-reset bug"). TRUNCATE takes the writers' lock first, so that nobody writes meanwhile.
/// </summary>
internal sealed class WriteAheadLog : IDisposable
{
    private const int UpdatesBetween = 500;
    private const int LongInBytes = 400_000;
    private const int WritersLockInMilliseconds = 1000;

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _shorten;
    private int _updates;

    public WriteAheadLog(SqliteDatabase database)
    {
        _database = database;
        using SqliteStatement off = database.Prepare("PRAGMA wal_autocheckpoint=0");
        off.Step();
        _shorten = database.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>After an update.</summary>
    public void Written()
    {
        if (++_updates % UpdatesBetween == 0)
        {
            Shorten();
        }
    }

    /// <summary>At the start: processes that make a few updates each leave the log to those who come after.</summary>
    public void ShortenIfLong()
    {
        FileInfo log = new(_database.File + "-wal");
        if (log.Exists && log.Length > LongInBytes)
        {
            Shorten();
        }
    }

    public void Dispose() => _shorten.Dispose();

    /// <summary>How it goes does not matter: the next one does it again.</summary>
    private void Shorten()
    {
        // Without a timeout SQLite would go on without the writers' lock.
        _database.WaitUpTo(WritersLockInMilliseconds);
        _shorten.TryRun();
        _database.WaitUpTo(0);
    }
}
