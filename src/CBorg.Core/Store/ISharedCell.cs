using System;

namespace CBorg.Core.Store;

/// <summary>A value that several users change in turns, each seeing what the one before left.</summary>
internal interface ISharedCell
{
    /// <summary>Reads the value, lets it be changed, and keeps the change, with everybody else shut out meanwhile.</summary>
    /// <param name="change">Given the value (null when there is none yet); returns the next one, null to leave it as it is, and a result. Everybody waits for it, so it takes microseconds; it may be run again, with nothing, when the store was damaged.</param>
    T Update<T>(Func<byte[]?, (byte[]? Next, T Result)> change);
}
