using System.Collections.Generic;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>
/// Tells what a failed reply means. Status codes lie (a budget is 400 or 429, a 401 may be the provider's trouble, a 413 comes as 429), so the words decide first, then the headers, then the
/// status: the first of the <see cref="FailureRules"/> that applies. docs/errors.md lists the kinds.
/// </summary>
internal static class FailureClassifier
{
    private static readonly IReadOnlyList<FailureRule>[] s_tables =
    [
        FailureRules.Edge, FailureRules.Budget, FailureRules.Key, FailureRules.Limiter, FailureRules.Provider, FailureRules.Request, FailureRules.Status,
    ];

    public static ErrorKind Classify(int status, ReplyHeaders headers, ErrorBody body)
    {
        FailedReply reply = new(status, headers, body);
        foreach (IReadOnlyList<FailureRule> table in s_tables)
        {
            foreach (FailureRule rule in table)
            {
                if (rule.Applies(reply))
                {
                    return rule.Kind;
                }
            }
        }

        return ErrorKind.Unexpected;
    }
}
