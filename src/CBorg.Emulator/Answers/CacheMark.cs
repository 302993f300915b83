namespace CBorg.Emulator.Answers;

/// <summary>A cache_control mark: how many tokens stand before it, and for how long it keeps them.</summary>
internal sealed record CacheMark(int Tokens, bool ForAnHour);
