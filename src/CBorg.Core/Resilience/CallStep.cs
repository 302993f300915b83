using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>
/// A step on the way of a call, around those that come after it. One for all calls of a client: what belongs to a call is in
/// its context.
/// </summary>
internal abstract class CallStep
{
    /// <summary>Carries the call on.</summary>
    /// <returns>
    /// How it ended. A failure of the call is returned; what ends it from outside (its caller's stop, a listener that fails) is
    /// thrown.
    /// </returns>
    public abstract Task<Outcome> ExecuteAsync(CallContext call);
}
