using System;

namespace CBorg.Core.Limits;

/// <summary>Where the scopes are kept: in this process, or where all of the user's processes see them.</summary>
internal interface ILimitStore
{
    /// <summary>Whether other processes may change the scopes.</summary>
    bool IsShared { get; }

    /// <summary>Why the scopes cannot be shared although they should be; null when all is well.</summary>
    string? Problem { get; }

    /// <summary>Reads and changes the scopes, with everybody else shut out meanwhile.</summary>
    T Update<T>(Func<LimitState, T> change);
}
