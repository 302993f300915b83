using System.Globalization;

namespace CBorg.Core.Connection;

/// <summary>Judges a budget.</summary>
internal static class BudgetFinding
{
    private const double Scarce = 90;

    public static Finding Of(SpendInfo spend)
    {
        if (spend.MaxBudget is not { } budget || spend.Remaining is not { } left || spend.PercentUsed is not { } percent)
        {
            return Finding.Passed(spend.Spend is { } alone ? $"{Usd(alone)} spent; no limit is told." : "Neither spend nor limit is told.");
        }

        string resets = spend.BudgetResetAt is { } reset ? $"It resets on {reset.UtcDateTime:yyyy-MM-dd}." : "When it resets is not told.";
        string detail = $"{Usd(left)} of {Usd(budget)} left ({spend.Scope} {spend.Name}). {resets}";
        if (left <= 0)
        {
            return Finding.Failed(detail, $"The budget is used up. {resets} Until then free models stop too; scienceit@lbl.gov can raise it.");
        }

        return percent > Scarce ? Finding.Warning(detail, "Less than a tenth is left; when nothing is, free models stop too.") : Finding.Passed(detail);
    }

    private static string Usd(decimal amount) => string.Format(CultureInfo.InvariantCulture, "{0:0.00##} USD", amount);
}
