namespace CBorg.Emulator.Traits;

internal sealed record BudgetTraits
{
    public required int Status { get; init; }

    public required FreeModels Free { get; init; }

    /// <summary>Budgets of user and team stop information routes too.</summary>
    public bool EveryRouteChecksUserAndTeam { get; init; }

    /// <summary>The text names the key.</summary>
    public bool NamesKey { get; init; }

    /// <summary>A hook stops the user's calls even of free models, in the words of a rate limit.</summary>
    public bool UserHook { get; init; }
}
