using System.Collections.Generic;

namespace CBorg.Core.Resilience;

/// <summary>
/// Tells what a failed reply means. Status codes lie (a budget is 400 or 429, a 401 may be the provider's trouble, a 413 comes
/// as 429), so the words decide first, then the headers, then the status: the first of the <see cref="FailureRules"/> that
/// applies.
/// </summary>
internal static class FailureClassifier
{
    private static readonly FailureRule s_none = new(ErrorKind.Unexpected, _ => true);

    private static readonly IReadOnlyList<FailureRule>[] s_groups =
    [
        FailureRules.Edge,
        FailureRules.Budget,
        FailureRules.Key,
        FailureRules.Limiter,
        FailureRules.Provider,
        FailureRules.Request,
        FailureRules.Status,
    ];

    /// <summary>The sign that a failed reply is known by.</summary>
    public static FailureRule Find(FailedReply reply)
    {
        foreach (IReadOnlyList<FailureRule> group in s_groups)
        {
            foreach (FailureRule rule in group)
            {
                if (rule.Applies(reply))
                {
                    return rule;
                }
            }
        }

        return s_none;
    }
}
