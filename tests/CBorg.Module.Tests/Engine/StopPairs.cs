using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Module.Tests.Engine;

/// <summary>Every way to end every cmdlet of rows in every state.</summary>
internal static class StopPairs
{
    public const string Chat = "Invoke-CBorgChat";
    public const string Embedding = "New-CBorgEmbedding";

    public static IEnumerable<(string Cmdlet, StopState State, StopWay Way)> All =>
        from cmdlet in new[] { Chat, Embedding }
        from state in Enum.GetValues<StopState>()
        from way in Enum.GetValues<StopWay>()
        select (cmdlet, state, way);

    /// <summary>Why a pair cannot be; null when it can.</summary>
    public static string? Impossible(string cmdlet, StopState state) =>
        (cmdlet, state) == (Embedding, StopState.MidStream)
            ? "vectors come in one body, not in a stream; a body that is half there is Stalled"
            : null;
}
