using System.Text.RegularExpressions;
using CBorg.Core.Wire;

namespace CBorg.Core.Spend;

/// <summary>
/// Reads the figures in a budget's refusal. Old proxies refuse even the question for the budget once it is used up; their
/// refusal is then the only answer: <c>Budget has been exceeded! Team=x Current cost: 10.5, Max budget: 10.0</c>,
/// <c>ExceededBudget: User=x over budget. Spend=50.1, Budget=50.0</c>.
/// </summary>
internal static class BudgetText
{
    private const string Number = @"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?";

    private static readonly Regex s_figures = new(
        $@"(?:Current cost: (?<spend>{Number}), Max budget: (?<budget>{Number}))|"
            + $@"(?:Spend=(?<spend>{Number}), Budget=(?<budget>{Number}))",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex s_owner = new(
        @"\b(?<scope>User|Key|Team|Organization|Project|Tag)=(?<name>\S+)",
        RegexOptions.CultureInvariant
    );

    /// <returns>Null when the text has no figures.</returns>
    public static (string Scope, string? Name, decimal Spend, decimal MaxBudget)? Read(string? message)
    {
        Match figures = s_figures.Match(message ?? "");
        if (
            !figures.Success
            || Money.Parse(figures.Groups["spend"].Value) is not { } spend
            || Money.Parse(figures.Groups["budget"].Value) is not { } budget
        )
        {
            return null;
        }

        Match owner = s_owner.Match(message!);
        return owner.Success
            ? (owner.Groups["scope"].Value, owner.Groups["name"].Value, spend, budget)
            : ("Key", null, spend, budget);
    }
}
