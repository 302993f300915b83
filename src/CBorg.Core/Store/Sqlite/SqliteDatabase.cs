using System;
using System.Runtime.InteropServices;
using System.Text;

namespace CBorg.Core.Store.Sqlite;

/// <summary>A connection to a database file. Not for several threads at once. Left to itself at the end of the process:
/// closing would write the log back, and who comes next can do that.</summary>
internal sealed unsafe class SqliteDatabase : IDisposable
{
    private const int ReadWrite = 2;
    private const int Create = 4;
    private const int NoMutex = 0x8000;

    private IntPtr _handle;

    private SqliteDatabase(string file, IntPtr handle)
    {
        File = file;
        _handle = handle;
    }

    public string File { get; }

    internal IntPtr Handle => _handle != IntPtr.Zero ? _handle : throw new ObjectDisposedException(nameof(SqliteDatabase));

    /// <summary>Opens the file, an empty one if there is none. SQLite looks into it at the first statement only.</summary>
    public static SqliteDatabase Open(string file)
    {
        SqliteLibrary.Require();
        IntPtr handle;
        SqliteResult result;
        fixed (byte* path = Utf8(file))
        {
            result = (SqliteResult)(SqliteNative.sqlite3_open_v2(path, &handle, ReadWrite | Create | NoMutex, null) & 0xFF);
        }

        SqliteDatabase database = new(file, handle);
        if (result != SqliteResult.Ok)
        {
            using (database)
            {
                throw database.Failure(result);
            }
        }

        return database;
    }

    public SqliteStatement Prepare(string sql) => new(this, sql);

    /// <summary>Runs a statement once, waiting while others are at it.</summary>
    /// <returns>The first column of the first row as a number; 0 when there is none.</returns>
    public long Run(string sql, LockTimeout timeout)
    {
        while (true)
        {
            try
            {
                using SqliteStatement statement = Prepare(sql);
                return statement.Step() ? statement.Number(0) : 0;
            }
            catch (SqliteFailure e) when (e.MeansBusy)
            {
                timeout.Wait(File);
            }
        }
    }

    /// <summary>How long SQLite itself waits for others, in milliseconds; 0 from the start.</summary>
    public void WaitUpTo(int milliseconds) => SqliteNative.sqlite3_busy_timeout(Handle, milliseconds);

    public void Dispose()
    {
        SqliteNative.sqlite3_close_v2(_handle);
        _handle = IntPtr.Zero;
    }

    internal SqliteFailure Failure(SqliteResult result) => new(result, $"{File}: {Text(SqliteNative.sqlite3_errmsg(_handle))}");

    /// <summary>The bytes with the zero at their end that SQLite asks for.</summary>
    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + "\0");

    private static string Text(byte* text)
    {
        int length = 0;
        while (text is not null && text[length] != 0)
        {
            length++;
        }

        byte[] bytes = new byte[length];
        Marshal.Copy((IntPtr)text, bytes, 0, length);
        return Encoding.UTF8.GetString(bytes);
    }
}
