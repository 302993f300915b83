using System;

namespace CBorg.Core.Resilience;

/// <summary>Chance, for waits that should not be the same everywhere.</summary>
internal static class Jitter
{
#if !NET
    private static readonly Random s_random = new();
#endif

    /// <summary>From 0 up to, but not including, 1.</summary>
    public static double Next()
    {
#pragma warning disable CA5394 // Jitter needs no secrecy.
#if NET
        return Random.Shared.NextDouble();
#else
        lock (s_random)
        {
            return s_random.NextDouble();
        }
#endif
#pragma warning restore CA5394
    }
}
