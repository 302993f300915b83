using System.Collections.Generic;

namespace CBorg.Emulator.Limits;

/// <summary>What a call asks of the limiter; the size in characters and the tokens it may answer with.</summary>
internal sealed record LimitRequest(IReadOnlyList<LimitScope> Scopes, int Characters, int? MaxTokens, int Choices, bool CountsTokens);
