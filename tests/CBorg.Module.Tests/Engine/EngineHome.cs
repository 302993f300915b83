using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CBorg.Module.Tests.Engine;

/// <summary>Where the PowerShell engine and the module under test are. The engine is that of CBORG_TEST_PSHOME, else that of the pwsh on PATH, else the one of the package that this was built with.</summary>
internal static class EngineHome
{
    private const string EngineAssembly = "System.Management.Automation";

    /// <summary>The folder of the engine; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>CBorg.psd1 of the built module; null when it is not built.</summary>
    public static string? Module { get; } = FindModule();

    /// <summary>Why tests that need an engine cannot run; null when they can.</summary>
    public static string? Missing { get; } =
        Folder is null ? "There is no PowerShell 7 engine: no pwsh on PATH, no CBORG_TEST_PSHOME."
        : Module is null ? "The module is not built: ./build.sh build"
        : null;

    public static string ModuleFolder => Path.GetDirectoryName(Module)!;

#pragma warning disable CA2255 // A test run is an application: its assembly resolver has to stand before any test class is looked at.
    [ModuleInitializer]
    internal static void Hook()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => InFolder(name.Name + ".dll") is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Native(name) is { } path ? NativeLibrary.Load(path) : 0;
    }
#pragma warning restore CA2255

    private static string? InFolder(string file) => Folder is not null && Path.Combine(Folder, file) is var path && File.Exists(path) ? path : null;

    private static string? Native(string name) => InFolder(name) ?? InFolder(name + ".so") ?? InFolder(name + ".dylib") ?? InFolder(name + ".dll");

    private static string? Find()
    {
        string here = AppContext.BaseDirectory;
        if (File.Exists(Path.Combine(here, EngineAssembly + ".dll")))
        {
            return here;
        }

        string? given = Environment.GetEnvironmentVariable("CBORG_TEST_PSHOME");
        string? home = string.IsNullOrEmpty(given) ? OnPath() : given;
        return home is not null && File.Exists(Path.Combine(home, EngineAssembly + ".dll")) ? home : null;
    }

    private static string? OnPath()
    {
        string program = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        return found is null ? null : Path.GetDirectoryName(File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found);
    }

    private static string? FindModule()
    {
        string? given = Environment.GetEnvironmentVariable("CBORG_MODULE");
        if (!string.IsNullOrEmpty(given))
        {
            return File.Exists(given) ? given : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            DirectoryInfo built = new(Path.Combine(folder.FullName, "out", "CBorg"));
            if (File.Exists(Path.Combine(folder.FullName, "CBorg.sln")))
            {
                return !built.Exists ? null : built.EnumerateFiles("CBorg.psd1", SearchOption.AllDirectories).OrderByDescending(file => file.LastWriteTimeUtc).FirstOrDefault()?.FullName;
            }
        }

        return null;
    }
}
