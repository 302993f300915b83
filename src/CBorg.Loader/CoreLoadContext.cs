using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CBorg.Loader;

/// <summary>
/// A load context of the module's own: its core, third-party assemblies and native libraries never meet those of PowerShell
/// or of another module. What users hold (CBorg.Abstractions) stays in the default context.
/// </summary>
public sealed class CoreLoadContext : AssemblyLoadContext
{
    private const string Shared = "CBorg.Abstractions";

    private static readonly object s_gate = new();
    private static Assembly? s_core;

    private readonly string _directory;

    private CoreLoadContext(string directory)
        : base("CBorg")
    {
        _directory = directory;
    }

    /// <summary>Loads CBorg.Core from a folder, once per process.</summary>
    public static Assembly LoadCore(string directory)
    {
        lock (s_gate)
        {
            return s_core ??= new CoreLoadContext(directory).LoadFromAssemblyPath(CoreFile(directory));
        }
    }

    /// <summary>The one that is compiled ahead for this machine, where there is one; it has the IL too, for runtimes of
    /// another generation.</summary>
    private static string CoreFile(string directory)
    {
        string machine =
            $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture}";
        string compiled = Path.Combine(directory, "..", "compiled", machine.ToLowerInvariant(), "CBorg.Core.dll");
        return File.Exists(compiled) ? Path.GetFullPath(compiled) : Path.Combine(directory, "CBorg.Core.dll");
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Shared)
        {
            return Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == Shared);
        }

        string path = Path.Combine(_directory, assemblyName.Name + ".dll");
        return File.Exists(path) && !FrameworkHas(assemblyName) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>By full path, so that another module's library of the same name is another one, with a state of its
    /// own.</summary>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (string file in NativeFiles.For(Path.Combine(_directory, "..", "native"), unmanagedDllName))
        {
            if (NativeLibrary.TryLoad(file, out IntPtr library))
            {
                return library;
            }
        }

        return IntPtr.Zero;
    }

    /// <summary>
    /// Newer runtimes have in the box what older ones need a package for; theirs is compiled already. Its assemblies have
    /// the runtime's own version, and no module can put anything into its folder.
    /// </summary>
    private static bool FrameworkHas(AssemblyName wanted)
    {
        string path = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, wanted.Name + ".dll");
        return File.Exists(path) && Environment.Version.Major >= wanted.Version?.Major;
    }
}
