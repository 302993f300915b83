namespace CBorg.Emulator.Limits;

/// <summary>What a call holds of one scope.</summary>
internal sealed record LimitEntry(LimitScope Scope, ScopeBook Book, int Window, int Reserved, LimitRemaining Remaining);
