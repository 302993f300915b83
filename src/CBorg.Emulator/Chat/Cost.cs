namespace CBorg.Emulator.Chat;

/// <summary>What a call costs in USD, and its parts.</summary>
internal sealed record Cost(
    double Total = 0,
    double Input = 0,
    double Output = 0,
    double CacheRead = 0,
    double CacheCreation = 0,
    double Reasoning = 0);
