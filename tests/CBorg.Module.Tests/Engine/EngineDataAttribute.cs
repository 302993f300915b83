using System.Collections.Generic;
using System.Reflection;
using Xunit.Sdk;

namespace CBorg.Module.Tests.Engine;

/// <summary>A row of a theory that needs a PowerShell engine; each row is skipped, by its name, where there is none.</summary>
[System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true)]
public sealed class EngineDataAttribute : DataAttribute
{
    private readonly object?[] _row;

    public EngineDataAttribute(params object?[] row)
    {
        _row = row;
        Skip = EngineHome.Missing;
    }

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [_row];
}
