namespace CBorg.Emulator.Traits;

/// <summary>Which tokens count against tokens per minute, and when.</summary>
internal enum TokenCounting
{
    /// <summary>Those of the completion, after the reply, and one a request.</summary>
    CompletionAfter,

    /// <summary>All but cached ones, after the reply, and one a request.</summary>
    TotalAfter,

    /// <summary>An estimate before, all but cached ones after.</summary>
    ReservedBefore,
}

internal sealed record LimitTraits
{
    public TokenCounting Tokens { get; set; }

    /// <summary>Requests of all scopes first, then calls in flight, then tokens; before that each scope's limits
    /// together.</summary>
    public bool ChecksInTurn { get; set; }

    /// <summary>The estimate of a call counts max_tokens for each of its n choices.</summary>
    public bool EstimatesEachChoice { get; set; }

    /// <summary>Time on the clock until a key's first answered call gives its slot back.</summary>
    public TimeSpan FirstSlotLag { get; set; }

    /// <summary>Calls in flight are counted in the window, and forgotten with it.</summary>
    public bool SlotsLiveInWindow { get; set; } = true;

    /// <summary>The text has neither limit nor type, and the scope at half the place of the failing one.</summary>
    public bool NamesScopeByHalfIndex { get; set; } = true;

    /// <summary>A team's limits of a model are enforced (and counted twice a call).</summary>
    public bool TeamModels { get; set; }

    public bool ThrottlingType { get; set; }
}
