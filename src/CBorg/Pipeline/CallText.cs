using System.Collections.Generic;
using CBorg.Module;
using static System.FormattableString;

namespace CBorg.Pipeline;

/// <summary>Says in one line what a call was and what became of it.</summary>
internal static class CallText
{
    public static string Of(CallRecord record) => string.Join(", ", Parts(record));

    private static IEnumerable<string> Parts(CallRecord record)
    {
        yield return $"{record.Model ?? record.Route}: {Outcome(record)}";
        if (record.PromptTokens is { } prompt)
        {
            yield return Invariant($"{prompt}+{record.CompletionTokens ?? 0} tokens");
        }

        if (record.Model is not null && record.Outcome == CallOutcome.Succeeded)
        {
            yield return _Format.Cost(record.Cost, record.CostSource);
        }

        if (record.EstimatedCost is { } least)
        {
            yield return $"at least {_Format.Dollars(least)}";
        }

        yield return record.Attempts == 1 ? "1 attempt" : Invariant($"{record.Attempts} attempts");
        yield return _Format.Time(record.Duration);
    }

    private static string Outcome(CallRecord record) =>
        record.Outcome switch
        {
            CallOutcome.Succeeded => "done",
            CallOutcome.Failed => $"failed ({record.Failure?.Kind})",
            _ => "given up",
        };
}
