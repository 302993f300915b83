using System;

namespace CBorg.Core.Limits;

/// <summary>Why a call cannot go now.</summary>
/// <param name="Reason">For people.</param>
/// <param name="Until">When to look again at the latest, since the Unix epoch; null when another call has to end or to be
/// answered first.</param>
internal sealed record WaitReason(string Reason, TimeSpan? Until);
