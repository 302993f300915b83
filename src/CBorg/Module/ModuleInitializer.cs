using System.Management.Automation;

namespace CBorg.Module;

/// <summary>What happens when the module is imported. Nothing happens when it is removed: it may come back at once (Import-Module -Force), and emulators end with this process.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => CoreAssembly.Register();
}
