using System;
using System.IO;
using System.Linq;
using System.Text;
using CBorg.Core.Store;
using CBorg.Core.Store.Sqlite;
using Xunit;

namespace CBorg.Core.Tests.Store;

public sealed class DamageTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_no_database_is_moved_aside_and_begun_anew()
    {
        byte[] noise = Noise();
        Given(noise);
        using SharedCells cells = _folder.Cells();

        Assert.Equal(1, StoreFolder.Count(cells));
        Assert.Equal(2, StoreFolder.Count(cells));
        Assert.Equal(noise, File.ReadAllBytes(Assert.Single(MovedAside())));
    }

    [Fact]
    public void One_that_is_damaged_inside_is_moved_aside_and_begun_anew()
    {
        using (SharedCells before = _folder.Cells())
        {
            StoreFolder.Count(before);
        }

        byte[] database = File.ReadAllBytes(_folder.File);
        Noise().AsSpan(0, database.Length - 4096).CopyTo(database.AsSpan(4096));
        File.WriteAllBytes(_folder.File, database);
        using SharedCells cells = _folder.Cells();

        Assert.Equal(1, StoreFolder.Count(cells));
        Assert.Single(MovedAside());
    }

    [Fact]
    public void What_another_has_begun_anew_meanwhile_is_not_moved_aside()
    {
        Given(Noise());
        using SharedCells late = new(
            _folder.Path,
            open: (file, timeout) =>
            {
                if (MovedAside().Length == 0)
                {
                    using SharedCells quick = _folder.Cells();
                    StoreFolder.Count(quick);
                    throw new SqliteFailure(SqliteResult.NotADatabase, "seen before the other one moved it");
                }

                return CellDatabase.Open(file, timeout);
            }
        );

        Assert.Equal(2, StoreFolder.Count(late));
        Assert.Single(MovedAside());
    }

    [Fact]
    public void What_is_damaged_again_is_given_up()
    {
        using SharedCells cells = new(_folder.Path, open: (_, _) => throw new SqliteFailure(SqliteResult.Corrupt, "damaged"));

        StoreUnavailable first = Assert.Throws<StoreUnavailable>(() => StoreFolder.Count(cells));
        StoreUnavailable second = Assert.Throws<StoreUnavailable>(() => StoreFolder.Count(cells));

        Assert.Equal(StoreProblem.Damaged, first.Problem);
        Assert.True(first.Lasts);
        Assert.Equal(first.Message, second.Message);
    }

    [Fact]
    public void A_later_versions_file_is_not_written()
    {
        using (SharedCells before = _folder.Cells())
        {
            StoreFolder.Count(before);
        }

        using (SqliteDatabase later = SqliteDatabase.Open(_folder.File))
        {
            later.Run("PRAGMA user_version=2", new LockTimeout(TimeSpan.Zero));
        }

        using SharedCells cells = _folder.Cells();
        StoreUnavailable told = Assert.Throws<StoreUnavailable>(() => StoreFolder.Count(cells));

        Assert.Equal(StoreProblem.Newer, told.Problem);
        Assert.Contains("later version", told.Message, StringComparison.Ordinal);
        using SqliteDatabase untouched = SqliteDatabase.Open(_folder.File);
        Assert.Equal(2, untouched.Run("PRAGMA user_version", new LockTimeout(TimeSpan.Zero)));
        Assert.Empty(MovedAside());
    }

    private void Given(byte[] content)
    {
        OwnerOnly.Folder(_folder.Path);
        File.WriteAllBytes(_folder.File, content);
    }

    private string[] MovedAside() => [.. Directory.EnumerateFiles(_folder.Path, "cborg.db.corrupt-*")];

    private static byte[] Noise() => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("This is no database. ", 1000)));
}
