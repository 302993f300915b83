using System;

namespace CBorg.Core.Limits;

/// <summary>Where the limits' state is kept: in this process, or where all of the user's processes see it.</summary>
internal interface ILimitStore
{
    /// <summary>Whether other processes may change it.</summary>
    bool IsShared { get; }

    /// <summary>This process, among those that share it.</summary>
    PermitOwner Owner { get; }

    /// <summary>Why it cannot be shared although it should be; null when all is well.</summary>
    string? Problem { get; }

    /// <summary>Changes the state, with everybody else shut out meanwhile.</summary>
    /// <param name="change">
    /// Changes the state that it is given, and may note what it found; nothing else, for it is run again, on the state as
    /// it was before, when what it did could not be kept.
    /// </param>
    /// <param name="mayWait">Whether to wait while another process has the state for itself. Else the change is not made
    /// then.</param>
    StoreUpdate Update(Action<LimitState> change, bool mayWait = true);
}

/// <summary>What became of a change.</summary>
internal enum StoreUpdate
{
    /// <summary>It was made and kept.</summary>
    Kept,

    /// <summary>It was made and kept, but calls could not go because what was taken ahead is used up: decide again.</summary>
    RanOut,

    /// <summary>It was not made: another process has the state for itself, and has been asked to give it back.</summary>
    Leased,
}
