using System;

namespace CBorg.Core.Store;

/// <summary>Nothing can be shared with other processes, now or at all. Whoever asked goes on alone; nothing is lost but the
/// sharing.</summary>
/// <param name="problem">What stands in the way.</param>
/// <param name="reason">A sentence for the user that names the folder or file.</param>
/// <param name="cause">What was caught; null when there was nothing.</param>
internal sealed class StoreUnavailable(StoreProblem problem, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public StoreProblem Problem { get; } = problem;

    /// <summary>Whether asking again in this process is of no use.</summary>
    public bool Lasts => Problem is not (StoreProblem.Busy or StoreProblem.Failed);
}
