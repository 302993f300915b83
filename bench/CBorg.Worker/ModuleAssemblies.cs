using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace CBorg.Bench;

/// <summary>Loads a built module's assemblies as PowerShell 7 does: what users hold into the default context, the core by
/// the module's own loader.</summary>
internal static class ModuleAssemblies
{
    public static void Use(string module) =>
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name switch
            {
                "CBorg.Abstractions" => context.LoadFromAssemblyPath(Path.Combine(module, "CBorg.Abstractions.dll")),
                "CBorg.Core" => Core(context, Path.Combine(module, "lib", "net8.0")),
                _ => null,
            };

    private static Assembly Core(AssemblyLoadContext context, string folder)
    {
        Assembly loader = context.LoadFromAssemblyPath(Path.Combine(folder, "CBorg.Loader.dll"));
        return (Assembly)
            loader.GetType("CBorg.Loader.CoreLoadContext", throwOnError: true)!.GetMethod("LoadCore")!.Invoke(null, [folder])!;
    }
}
