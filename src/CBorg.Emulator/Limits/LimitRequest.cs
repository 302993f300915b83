using System.Collections.Generic;

namespace CBorg.Emulator.Limits;

/// <summary>What a call asks of the limiter; the size in characters and the tokens it may answer with.</summary>
/// <param name="CountsTokens">Its tokens count against limits of tokens.</param>
/// <param name="Answers">It is answered with tokens, as embeddings are not.</param>
internal sealed record LimitRequest(IReadOnlyList<LimitScope> Scopes, int Characters, int? MaxTokens, int Choices, bool CountsTokens, bool Answers);
