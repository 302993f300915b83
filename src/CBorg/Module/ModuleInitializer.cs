using System.Management.Automation;

namespace CBorg.Module;

/// <summary>What happens when the module is imported and removed.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        CoreAssembly.Register();

        // Loads what users hold, so that [CBorg.ChatResult] is a type from the first line on.
        _ = typeof(ChatResult).Assembly.FullName;
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => EmulatorProcess.StopAll();
}
