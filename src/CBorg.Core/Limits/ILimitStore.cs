using System;

namespace CBorg.Core.Limits;

/// <summary>Where the books are kept: in this process, or where all of the user's processes see them.</summary>
internal interface ILimitStore
{
    /// <summary>Whether other processes may change the books.</summary>
    bool IsShared { get; }

    /// <summary>Reads and changes the books, with everybody else shut out meanwhile.</summary>
    T Update<T>(Func<LimitState, T> change);
}
