using System;

namespace CBorg.Emulator.Faults;

/// <summary>Silence, for ever when no time is given.</summary>
internal sealed record PauseStep(TimeSpan? Time) : ReplyStep;
