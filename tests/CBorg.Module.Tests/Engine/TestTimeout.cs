using System;

namespace CBorg.Module.Tests.Engine;

/// <summary>Guards against hanging; nothing is measured against them.</summary>
internal static class TestTimeout
{
    /// <summary>For what has to happen at once.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(5);

    /// <summary>For what may take its time on a busy machine.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
}
