using System.Collections.Generic;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>A reply to be given out: perhaps a recorded one, perhaps one to which something was done.</summary>
internal sealed record FuzzReply(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>How much of the body arrives; null: all of it.</summary>
    public int? Arrives { get; init; }

    /// <summary>Whether the line breaks where the body stops arriving, instead of ending there.</summary>
    public bool Breaks { get; init; }

    /// <summary>The most bytes that a read gets.</summary>
    public int Step { get; init; } = int.MaxValue;

    public byte[] Delivered => Arrives is { } count ? Body[..count] : Body;
}
