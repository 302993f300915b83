using System;

namespace CBorg.Core.Limits;

/// <summary>
/// One process has the limits' state for itself for a while and works on a copy in its memory. What it may have granted
/// since it last wrote is taken ahead, so that whoever finds the lease run out knows
/// the most that was used.
/// </summary>
/// <param name="Owner">The process.</param>
/// <param name="From">When this was written, since the Unix epoch.</param>
/// <param name="Until">When it runs out unless it is renewed.</param>
/// <param name="Requests">Requests taken ahead.</param>
/// <param name="Tokens">Tokens taken ahead.</param>
internal sealed record StateLease(Guid Owner, TimeSpan From, TimeSpan Until, long Requests, long Tokens);
