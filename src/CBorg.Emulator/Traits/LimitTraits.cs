using System;

namespace CBorg.Emulator.Traits;

internal sealed record LimitTraits
{
    public required TokenCounting Tokens { get; init; }

    /// <summary>Requests of all scopes first, then calls in flight, then tokens; before that each scope's limits together.</summary>
    public bool ChecksInTurn { get; init; }

    /// <summary>Time on the clock until a key's first answered call gives its slot back.</summary>
    public TimeSpan FirstSlotLag { get; init; }

    /// <summary>Calls in flight are counted in the window, and forgotten with it.</summary>
    public bool SlotsLiveInWindow { get; init; }

    /// <summary>The text has neither limit nor type, and the scope at half the place of the failing one.</summary>
    public bool NamesScopeByHalfIndex { get; init; }

    /// <summary>A team's limits of a model are enforced (and counted twice a call).</summary>
    public bool TeamModels { get; init; }

    public bool ThrottlingType { get; init; }
}
