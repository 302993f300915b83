using System.Globalization;
using static System.FormattableString;

namespace CBorg.Core.Connection;

/// <summary>Judges a budget.</summary>
internal static class BudgetCheck
{
    private const double Scarce = 90;

    public static CheckResult Of(SpendInfo spend)
    {
        if (spend.MaxBudget is not { } budget || spend.Remaining is not { } left || spend.PercentUsed is not { } percent)
        {
            return CheckResult.Passed(
                spend.Spend is { } alone ? $"{Usd(alone)} spent; no limit is told." : "Neither spend nor limit is told."
            );
        }

        string resets = spend.BudgetResetAt is { } reset
            ? Invariant($"It resets on {reset.UtcDateTime:yyyy-MM-dd}.")
            : "When it resets is not told.";
        string detail = $"{Usd(left)} of {Usd(budget)} left ({spend.Scope} {spend.Name}). {resets}";
        if (left <= 0)
        {
            return CheckResult.Failed(
                detail,
                $"The budget is used up. {resets} Until then free models stop too; scienceit@lbl.gov can raise it."
            );
        }

        return percent > Scarce
            ? CheckResult.Warning(detail, "Less than a tenth is left; when nothing is, free models stop too.")
            : CheckResult.Passed(detail);
    }

    private static string Usd(decimal amount) => string.Format(CultureInfo.InvariantCulture, "{0:0.00##} USD", amount);
}
