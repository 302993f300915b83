using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>A test that needs a PowerShell engine; skipped, by its name, where there is none.</summary>
public sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute() => Skip = EngineHome.Missing;
}
