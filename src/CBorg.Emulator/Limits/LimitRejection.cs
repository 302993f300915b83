namespace CBorg.Emulator.Limits;

/// <summary>Which limit a call met; Index is its place among all that were asked.</summary>
internal sealed record LimitRejection(LimitScope Scope, string Type, int Limit, int Remaining, int Index);
