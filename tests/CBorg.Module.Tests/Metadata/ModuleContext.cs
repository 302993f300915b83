using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace CBorg.Module.Tests.Metadata;

/// <summary>Loads the built module's assemblies apart from those that the tests were compiled with.</summary>
internal sealed class ModuleContext() : AssemblyLoadContext("the module under test")
{
    public Assembly Load(string name) => LoadFromAssemblyName(new AssemblyName(name));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = BuiltModule.File(assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
