using System;
using System.IO;
using System.Runtime.Loader;
using CBorg.Core.Store;
using Xunit;

namespace CBorg.Core.Tests.Store;

/// <summary>Where nothing can be shared the caller is told so, once and for all, and in one way.</summary>
public sealed class UnavailableTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_stands_where_the_folder_should_be()
    {
        File.WriteAllText(_folder.Path, "");

        AssertTold(StoreProblem.NotWritable, _folder.Cells());
    }

    [Fact]
    public void A_folder_stands_where_the_file_should_be()
    {
        OwnerOnly.Folder(_folder.Path);
        Directory.CreateDirectory(_folder.File);

        AssertTold(StoreProblem.NotWritable, _folder.Cells());
    }

    /// <summary>A folder whose rights forbid it would not do: the tests may be run by root.</summary>
    [Fact]
    public void Nothing_can_be_made_there()
    {
        if (OperatingSystem.IsLinux())
        {
            AssertTold(StoreProblem.NotWritable, new SharedCells("/proc/cborg"), "/proc/cborg");
        }
    }

    [Theory]
    [InlineData("nfs")]
    [InlineData("nfs4")]
    [InlineData("cifs")]
    [InlineData("smbfs")]
    [InlineData("lustre")]
    [InlineData("gpfs")]
    [InlineData("fuse")]
    [InlineData("fuse.sshfs")]
    [InlineData("9p")]
    [InlineData("network")]
    [InlineData("0xdeadbeef")]
    [InlineData(null)]
    public void The_disk_may_be_other_machines_too(string? format)
    {
        StoreUnavailable told = AssertTold(StoreProblem.NotLocal, new SharedCells(_folder.Path, formatOf: _ => format));

        Assert.Contains(format ?? "unknown", told.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File));
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("overlay")]
    [InlineData("apfs")]
    [InlineData("NTFS")]
    public void Disks_of_this_machine_serve(string format)
    {
        using SharedCells cells = new(_folder.Path, formatOf: _ => format);

        Assert.Equal(1, StoreFolder.Count(cells));
    }

    [Fact]
    public void The_system_says_which_format_a_disk_has()
    {
        Assert.True(DiskFormat.IsLocal(DiskFormat.Of(Path.GetTempPath())), DiskFormat.Of(Path.GetTempPath()));
        Assert.Null(DiskFormat.Of(_folder.Path));
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal("0x9fa0", DiskFormat.Of("/proc"));
        }
    }

    [Fact]
    public void There_is_no_library_for_this_machine()
    {
        AssemblyLoadContext bare = new WithoutNatives();
        Type cells = bare.LoadFromAssemblyPath(typeof(SharedCells).Assembly.Location).GetType(typeof(SharedCells).FullName!)!;
        object store = Activator.CreateInstance(cells, _folder.Path, null, null, null)!;
        Func<byte[]?, byte[]?> change = value => null;

        Exception told = Assert
            .ThrowsAny<Exception>(() => cells.GetMethod(nameof(SharedCells.Update))!.Invoke(store, ["a", change]))
            .InnerException!;

        Assert.Equal(typeof(StoreUnavailable).FullName, told.GetType().FullName);
        Assert.Equal(
            nameof(StoreProblem.NoLibrary),
            told.GetType().GetProperty(nameof(StoreUnavailable.Problem))!.GetValue(told)!.ToString()
        );
    }

    private StoreUnavailable AssertTold(StoreProblem problem, SharedCells cells, string? names = null)
    {
        StoreUnavailable first = Assert.Throws<StoreUnavailable>(() => StoreFolder.Count(cells));
        StoreUnavailable second = Assert.Throws<StoreUnavailable>(() => StoreFolder.Count(cells));
        Assert.Equal(problem, first.Problem);
        Assert.True(first.Lasts);
        Assert.Equal(first.Message, second.Message);
        Assert.Contains(names ?? _folder.Path, first.Message, StringComparison.Ordinal);
        return first;
    }

    private sealed class WithoutNatives : AssemblyLoadContext
    {
        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
            unmanagedDllName == "libc" ? IntPtr.Zero : throw new DllNotFoundException($"{unmanagedDllName} is not there");
    }
}
