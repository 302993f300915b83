using System;
using System.Globalization;
using System.IO;
using CBorg.Core.Store.Sqlite;

namespace CBorg.Core.Store;

/// <summary>Moves a damaged cborg.db aside, so that a new one is begun. What it held is not precious; the old file is kept for whoever wants to look.</summary>
internal static class DamagedFile
{
    /// <summary>One process at a time looks again and moves: the file that is there may be another's new one.</summary>
    public static void MoveAside(string file, Turn turn)
    {
        using FileStream alone = Alone(file, turn);
        if (!File.Exists(file) || IsSound(file, turn))
        {
            return;
        }

        string time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        File.Move(file, $"{file}.corrupt-{time}");
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
    }

    private static FileStream Alone(string file, Turn turn)
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
                turn.Wait(sign);
            }
        }
    }

    private static bool IsSound(string file, Turn turn)
    {
        try
        {
            using SqliteDatabase database = SqliteDatabase.Open(file);
            database.Run("PRAGMA user_version", turn);
            using SqliteStatement check = database.Prepare("PRAGMA quick_check(1)");
            return check.Step() && check.Text(0) == "ok";
        }
        catch (SqliteFailure e) when (e.MeansDamage)
        {
            return false;
        }
    }
}
