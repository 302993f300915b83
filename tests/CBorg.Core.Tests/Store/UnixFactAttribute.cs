using System;
using Xunit;

namespace CBorg.Core.Tests.Store;

/// <summary>About rights of files, which Windows has otherwise.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no such rights.";
        }
    }
}
