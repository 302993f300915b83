using System;

namespace CBorg.Core.Limits;

/// <summary>Why a call cannot go now.</summary>
/// <param name="Reason">For people.</param>
/// <param name="Until">When at the latest to look again; null when another call has to end or to be answered first.</param>
internal readonly record struct WaitReason(string Reason, TimeSpan? Until);
