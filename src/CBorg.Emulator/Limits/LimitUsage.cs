namespace CBorg.Emulator.Limits;

internal sealed record LimitUsage(int Completion, int Total, int Cached);
