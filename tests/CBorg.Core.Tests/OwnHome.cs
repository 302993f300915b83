using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace CBorg.Core.Tests;

/// <summary>What processes share is not to be shared with the developer's own.</summary>
internal static class OwnHome
{
    [ModuleInitializer]
    internal static void Set()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CBORG_HOME")))
        {
            Environment.SetEnvironmentVariable(
                "CBORG_HOME",
                Path.Combine(Path.GetTempPath(), $"cborg-tests-{Environment.ProcessId}")
            );
        }
    }
}
