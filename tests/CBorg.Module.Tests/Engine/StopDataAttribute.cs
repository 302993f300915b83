using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit.Sdk;

namespace CBorg.Module.Tests.Engine;

/// <summary>The pairs of the matrix of stops that can be.</summary>
[System.AttributeUsage(System.AttributeTargets.Method)]
public sealed class StopDataAttribute : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) =>
        StopPairs
            .All.Where(pair => StopPairs.Impossible(pair.Cmdlet, pair.State) is null)
            .Select(pair => new object?[] { pair.Cmdlet, pair.State, pair.Way });
}
