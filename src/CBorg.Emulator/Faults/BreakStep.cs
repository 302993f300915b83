namespace CBorg.Emulator.Faults;

/// <summary>The connection ends here.</summary>
internal sealed record BreakStep(LineEnd How) : ReplyStep;
