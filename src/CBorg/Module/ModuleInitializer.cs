using System.Management.Automation;

namespace CBorg.Module;

/// <summary>What happens when the module is imported. Nothing happens when it is removed: it may come back at once
/// (Import-Module -Force), and emulators end with this process.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        CoreAssembly.Register();

        // Loads what users hold, so that [CBorg.ChatResult] is a type from the first line on.
        _ = typeof(ChatResult).Assembly.FullName;
    }
}
