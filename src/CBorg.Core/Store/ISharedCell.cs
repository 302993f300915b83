using System;

namespace CBorg.Core.Store;

/// <summary>A value that several users change in turns, each seeing what the one before left.</summary>
internal interface ISharedCell
{
    /// <summary>The value as it is, without shutting anybody out; null when there is none.</summary>
    byte[]? Read();

    /// <summary>Reads the value, lets it be changed, and keeps the change, with everybody else shut out meanwhile.</summary>
    /// <param name="change">
    /// Given the value (null when there is none yet); returns the next one, null to leave it as it is. Everybody waits for
    /// it, so it takes microseconds. It may be run again, from the beginning, when
    /// what it returned could not be kept: it does nothing else that lasts.
    /// </param>
    void Update(Func<byte[]?, byte[]?> change);
}
