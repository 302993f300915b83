using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using CBorg.Core.Store;
using Xunit;

namespace CBorg.Core.Tests.Store;

/// <summary>What one calls, and when, is nobody else's business on a machine that many use.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivacyTests : IDisposable
{
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EverybodyReads =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode EverybodyLooks =
        OwnersFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void All_that_is_made_is_the_owners_alone()
    {
        using SharedCells cells = _folder.Cells();
        StoreFolder.Count(cells);

        AssertOwners();
    }

    [UnixFact]
    public void What_others_could_read_they_can_no_longer()
    {
        using (SharedCells before = _folder.Cells())
        {
            StoreFolder.Count(before);
            File.SetUnixFileMode(_folder.Path, EverybodyLooks);
            foreach (string file in Directory.EnumerateFiles(_folder.Path))
            {
                File.SetUnixFileMode(file, EverybodyReads);
            }

            using SharedCells cells = _folder.Cells();
            Assert.Equal(2, StoreFolder.Count(cells));
            AssertOwners();
        }
    }

    [UnixFact]
    public void An_empty_folder_that_was_made_for_it_becomes_the_owners_alone()
    {
        Directory.CreateDirectory(_folder.Path, EverybodyLooks);
        using SharedCells cells = _folder.Cells();
        StoreFolder.Count(cells);

        AssertOwners();
    }

    [UnixFact]
    public void A_folder_with_other_things_in_it_is_not_taken_from_others()
    {
        Directory.CreateDirectory(_folder.Path, EverybodyLooks);
        File.WriteAllText(Path.Combine(_folder.Path, "thesis.tex"), "");
        using SharedCells cells = _folder.Cells();

        StoreUnavailable told = Assert.Throws<StoreUnavailable>(() => StoreFolder.Count(cells));

        Assert.Equal(StoreProblem.NotPrivate, told.Problem);
        Assert.Contains("chmod 700", told.Message, StringComparison.Ordinal);
        Assert.Equal(EverybodyLooks, File.GetUnixFileMode(_folder.Path));
        Assert.False(File.Exists(_folder.File));
    }

    [UnixFact]
    public void A_private_folder_with_other_things_in_it_serves()
    {
        Directory.CreateDirectory(_folder.Path, OwnersFolder);
        File.WriteAllText(Path.Combine(_folder.Path, "thesis.tex"), "");
        using SharedCells cells = _folder.Cells();

        Assert.Equal(1, StoreFolder.Count(cells));
    }

    private void AssertOwners()
    {
        Assert.Equal(OwnersFolder, File.GetUnixFileMode(_folder.Path));
        string[] files = [.. Directory.EnumerateFiles(_folder.Path).Order(StringComparer.Ordinal)];
        Assert.Equal(["cborg.db", "cborg.db-shm", "cborg.db-wal"], files.Select(file => Path.GetFileName(file)));
        Assert.All(files, file => Assert.Equal(OwnersFile, File.GetUnixFileMode(file)));
    }
}
