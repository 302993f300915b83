using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;

namespace CBorg.Module;

/// <summary>
/// Answers the runtime's question where CBorg.Core is. On PowerShell 7 it is loaded into a context of its own; on Windows
/// PowerShell from a folder of its own. No other name of anybody is answered.
/// </summary>
internal static class CoreAssembly
{
    private const string Core = "CBorg.Core";

    private static readonly object s_gate = new();
    private static bool s_registered;

    public static string ModuleDirectory { get; } = Path.GetDirectoryName(typeof(CoreAssembly).Assembly.Location) ?? "";

    public static void Register()
    {
        lock (s_gate)
        {
            if (!s_registered)
            {
                AppDomain.CurrentDomain.AssemblyResolve += Resolve;
                s_registered = true;
            }
        }
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs arguments)
    {
        string name = new AssemblyName(arguments.Name).Name ?? "";
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            return ResolveOnFramework(name, arguments.RequestingAssembly);
        }

        return name == Core ? LoadInOwnContext(Path.Combine(ModuleDirectory, "lib", "net8.0")) : null;
    }

    private static Assembly? LoadInOwnContext(string directory)
    {
        // The loader is built for .NET; this assembly is for both worlds and cannot name its types.
        // LoadFile keeps it apart from any other assembly of that name.
        Assembly loader = Assembly.LoadFile(Path.Combine(directory, "CBorg.Loader.dll"));
        MethodInfo load = loader.GetType("CBorg.Loader.CoreLoadContext", throwOnError: true)!.GetMethod("LoadCore")!;
        return (Assembly?)load.Invoke(null, [directory]);
    }

    /// <summary>Without binding redirects the dependencies of our dependencies ask for older versions; the ones beside them
    /// serve.</summary>
    private static Assembly? ResolveOnFramework(string name, Assembly? requesting)
    {
        string directory = Path.Combine(ModuleDirectory, "lib", "netstandard2.0");
        bool ours =
            name == Core
            || (requesting is not null && !requesting.IsDynamic && Path.GetDirectoryName(requesting.Location) == directory);
        string path = Path.Combine(directory, name + ".dll");
        return ours && File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
}
