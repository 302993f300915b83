using System;
using System.Globalization;
using System.IO;
using CBorg.Core.Store.Sqlite;

namespace CBorg.Core.Store;

/// <summary>Moves a damaged cborg.db aside, so that a new one is begun. What it held is not precious; the old file is kept
/// for whoever wants to look.</summary>
internal static class DamagedFile
{
    /// <summary>One process at a time looks again and moves: the file that is there may be another's new one.</summary>
    public static void MoveAside(string file, LockTimeout timeout)
    {
        using FileStream alone = Alone(file, timeout);
        if (!File.Exists(file) || IsSound(file, timeout))
        {
            return;
        }

        string time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        File.Move(file, $"{file}.corrupt-{time}");
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
    }

    private static FileStream Alone(string file, LockTimeout timeout)
    {
        string sign = file + ".mend";
        OwnerOnly.File(sign);
        while (true)
        {
            try
            {
                return new FileStream(sign, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                timeout.Wait(sign);
            }
        }
    }

    private static bool IsSound(string file, LockTimeout timeout)
    {
        try
        {
            using SqliteDatabase database = SqliteDatabase.Open(file);
            database.Run("PRAGMA user_version", timeout);
            using SqliteStatement check = database.Prepare("PRAGMA quick_check(1)");
            return check.Step() && check.Text(0) == "ok";
        }
        catch (SqliteFailure e) when (e.MeansDamage)
        {
            return false;
        }
    }
}
