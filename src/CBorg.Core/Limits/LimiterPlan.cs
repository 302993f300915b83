using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>
/// What a look at the limits decided. Deciding changes nothing but the state it was given; the plan is carried out once,
/// after that state has been kept. So a decision can be made again when the store
/// could not keep it.
/// </summary>
internal sealed class LimiterPlan
{
    private static readonly List<Grant> s_noGrants = [];
    private static readonly List<Refusal> s_noRefusals = [];
    private static readonly List<Delay> s_noDelays = [];

    private List<Grant>? _grants;
    private List<Refusal>? _refusals;
    private List<Delay>? _delays;

    /// <summary>Nothing to do.</summary>
    public static LimiterPlan Empty { get; } = new();

    /// <summary>Calls that may go.</summary>
    public IReadOnlyList<Grant> Grants => _grants ?? s_noGrants;

    /// <summary>Calls that could only fail.</summary>
    public IReadOnlyList<Refusal> Refusals => _refusals ?? s_noRefusals;

    /// <summary>Calls that wait, and why.</summary>
    public IReadOnlyList<Delay> Delays => _delays ?? s_noDelays;

    /// <summary>When to decide again, since the Unix epoch; null when something has to happen first.</summary>
    public TimeSpan? WakeUp { get; private set; }

    /// <summary>Whether the account's limits are to be asked for, which none has been for a while.</summary>
    public bool AsksAccount { get; set; }

    public void Admit(QueuedCall call, Permit permit) => (_grants ??= []).Add(new Grant(call, permit));

    public void Refuse(QueuedCall call, CBorgException failure) => (_refusals ??= []).Add(new Refusal(call, failure));

    public void Hold(QueuedCall call, WaitReason reason)
    {
        (_delays ??= []).Add(new Delay(call, reason));
        WakeUpBy(reason.Until);
    }

    /// <summary>Decides again at this moment at the latest.</summary>
    public void WakeUpBy(TimeSpan? moment)
    {
        if (moment is { } at && (WakeUp is not { } known || at < known))
        {
            WakeUp = at;
        }
    }

    internal sealed record Grant(QueuedCall Call, Permit Permit);

    internal sealed record Refusal(QueuedCall Call, CBorgException Failure);

    internal sealed record Delay(QueuedCall Call, WaitReason Reason);
}
