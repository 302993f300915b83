using System.Management.Automation;

namespace CBorg.Module;

/// <summary>What happens when the module is imported and removed.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport() => CoreAssembly.Register();

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => EmulatorProcess.StopOwn();
}
