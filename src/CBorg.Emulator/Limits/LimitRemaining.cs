namespace CBorg.Emulator.Limits;

internal sealed record LimitRemaining(int? Requests, int? Tokens, int? Parallel);
