#if !NET
namespace System.IO;

/// <summary>Rights on Unix. What is built for netstandard2.0 runs on Windows alone, where there are none.</summary>
[Flags]
internal enum UnixFileMode
{
    None = 0,
    UserExecute = 64,
    UserWrite = 128,
    UserRead = 256,
}

internal static class UnixRights
{
    extension(File)
    {
        public static UnixFileMode GetUnixFileMode(string path) => UnixFileMode.None;

        public static void SetUnixFileMode(string path, UnixFileMode mode) { }
    }

    extension(Directory)
    {
        public static DirectoryInfo CreateDirectory(string path, UnixFileMode mode) => Directory.CreateDirectory(path);
    }
}
#endif
