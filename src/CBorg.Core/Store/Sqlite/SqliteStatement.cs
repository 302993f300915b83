using System;
using System.Runtime.InteropServices;
using System.Text;

namespace CBorg.Core.Store.Sqlite;

/// <summary>A statement that is prepared once and run often. Parameters count from 1, columns from 0, as SQLite has it.</summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private const uint Persistent = 1;

    /// <summary>SQLite makes a copy of its own.</summary>
    private static readonly IntPtr s_transient = new(-1);

    private readonly SqliteDatabase _database;
    private IntPtr _handle;

    public SqliteStatement(SqliteDatabase database, string sql)
    {
        _database = database;
        fixed (byte* text = SqliteDatabase.Utf8(sql))
        {
            IntPtr handle;
            Check(SqliteNative.sqlite3_prepare_v3(database.Handle, text, -1, Persistent, &handle, null));
            _handle = handle;
        }
    }

    public void Bind(int parameter, long value) => Check(SqliteNative.sqlite3_bind_int64(_handle, parameter, value));

    public void Bind(int parameter, string value)
    {
        fixed (byte* text = SqliteDatabase.Utf8(value))
        {
            Check(SqliteNative.sqlite3_bind_text(_handle, parameter, text, -1, s_transient));
        }
    }

    public void Bind(int parameter, byte[] value)
    {
        // A pointer to nothing would mean NULL, and no bytes are not the same as no value.
        byte none = 0;
        fixed (byte* bytes = value)
        {
            Check(SqliteNative.sqlite3_bind_blob(_handle, parameter, bytes is null ? &none : bytes, value.Length, s_transient));
        }
    }

    /// <summary>Runs up to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        SqliteResult result = Try();
        return result switch
        {
            SqliteResult.Row => true,
            SqliteResult.Done => false,
            _ => throw _database.Failure(result),
        };
    }

    /// <summary>Runs it to its end, waiting while others are at it.</summary>
    public void Run(LockTimeout timeout)
    {
        while (true)
        {
            SqliteResult result = Try();
            Reset();
            switch (result)
            {
                case SqliteResult.Row or SqliteResult.Done:
                    return;
                case SqliteResult.Busy or SqliteResult.Protocol:
                    timeout.Wait(_database.File);
                    break;
                default:
                    throw _database.Failure(result);
            }
        }
    }

    /// <summary>Runs it to its end; the caller judges how it went.</summary>
    public SqliteResult TryRun()
    {
        SqliteResult result = Try();
        Reset();
        return result;
    }

    /// <summary>Makes it ready to be run again; what is bound stays bound.</summary>
    public void Reset() => SqliteNative.sqlite3_reset(_handle);

    public long Number(int column) => SqliteNative.sqlite3_column_int64(_handle, column);

    public byte[] Bytes(int column)
    {
        IntPtr bytes = (IntPtr)SqliteNative.sqlite3_column_blob(_handle, column);
        byte[] value = new byte[SqliteNative.sqlite3_column_bytes(_handle, column)];
        if (value.Length > 0)
        {
            Marshal.Copy(bytes, value, 0, value.Length);
        }

        return value;
    }

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public void Dispose()
    {
        SqliteNative.sqlite3_finalize(_handle);
        _handle = IntPtr.Zero;
    }

    private SqliteResult Try() => (SqliteResult)(SqliteNative.sqlite3_step(_handle) & 0xFF);

    private void Check(int result)
    {
        if (result != 0)
        {
            throw _database.Failure((SqliteResult)(result & 0xFF));
        }
    }
}
