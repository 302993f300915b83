using System;

namespace CBorg.Core.Limits;

/// <summary>A process, among those that share the limits' state, and the numbers of its permits.</summary>
internal sealed class PermitOwner
{
    private long _last = BitConverter.ToInt64(Guid.NewGuid().ToByteArray(), 0) & long.MaxValue >> 1;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>A number that no other permit has, in any process.</summary>
    public long NextPermit() => ++_last;
}
