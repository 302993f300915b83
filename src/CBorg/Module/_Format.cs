using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;

namespace CBorg.Module;

/// <summary>What the views show where a bare property would not do. For the views alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class _Format
{
    private const int UsualWidth = 120;
    private const int LeftOfFinding = 31;

    private static readonly (string Word, Func<Model, bool?> Has)[] s_abilities =
    [
        ("vision", model => model.SupportsVision),
        ("tools", model => model.SupportsFunctionCalling),
        ("think", model => model.SupportsReasoning),
        ("cache", model => model.SupportsPromptCaching),
    ];

    /// <summary>The answer, or what there is instead of one, in lines that fit a window.</summary>
    public static string Text(ChatResult result, int width) =>
        result.Text.Length > 0 ? Wrapped(VisibleText.Of(result.Text), width)
        : result.ToolCalls.Count > 0 ? VisibleText.Of(string.Join("\n", result.ToolCalls.Select(call => $"[calls {call}]")))
        : VisibleText.Of($"[no text: {result.FinishReason ?? "no reason given"}]");

    /// <summary>One line about the answer.</summary>
    public static string Footer(ChatResult result)
    {
        string tokens = result.PromptTokens is null
            ? ""
            : $" · {result.PromptTokens}+{result.CompletionTokens} tokens{(result.CachedTokens > 0 ? $" ({result.CachedTokens} cached)" : "")}";
        string attempts = result.Attempts > 1 ? $" · {result.Attempts} attempts" : "";
        return $"— {VisibleText.OneLine(result.Model)}{tokens} · {Cost(result)} · {Time(result.Duration)}{attempts}";
    }

    /// <summary>The cost with its certainty: ~ marks one that was reckoned.</summary>
    public static string Cost(ChatResult result) => Cost(result.Cost, result.CostSource);

    internal static string Cost(decimal? cost, CostSource source) =>
        source switch
        {
            CostSource.Free => "free",
            CostSource.Unknown => "cost unknown",
            CostSource.ListPrice => "~" + Dollars(cost),
            _ => Dollars(cost),
        };

    /// <summary>An amount, small ones with as many digits as they need.</summary>
    public static string Dollars(decimal? amount) =>
        amount switch
        {
            null => "",
            0 => "$0",
            >= 1 or <= -1 => "$" + amount.Value.ToString("0.00", CultureInfo.InvariantCulture),
            >= 0.01m => "$" + amount.Value.ToString("0.0000", CultureInfo.InvariantCulture),
            _ => "$" + amount.Value.ToString("0.############", CultureInfo.InvariantCulture),
        };

    /// <summary>Prices of question and answer per million tokens.</summary>
    public static string Prices(Model model) =>
        (model.InputPrice, model.OutputPrice) switch
        {
            (null, null) => "",
            (0, 0 or null) => "free",
            (var input, null) => FormattableString.Invariant($"{input:0.###}"),
            var (input, output) => FormattableString.Invariant($"{input:0.###}/{output:0.###}"),
        };

    /// <summary>A percentage.</summary>
    public static string Percent(double? percent) =>
        percent is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) + "%" : "";

    /// <summary>A day, by the user's clock.</summary>
    public static string Day(DateTimeOffset? time) =>
        time?.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A duration.</summary>
    public static string Time(TimeSpan duration) =>
        duration.TotalSeconds switch
        {
            0 => "",
            < 1 => duration.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
            < 120 => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
            _ => duration.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture) + " min",
        };

    /// <summary>A number of tokens.</summary>
    public static string Size(long? tokens) =>
        tokens switch
        {
            null => "",
            >= 1_000_000 => (tokens.Value / 1_000_000.0).ToString("0.#", CultureInfo.InvariantCulture) + "M",
            >= 1000 => (tokens.Value / 1000.0).ToString("0", CultureInfo.InvariantCulture) + "k",
            _ => tokens.Value.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>The best known of what a model can do, in single words; the list view has all.</summary>
    public static string Abilities(Model model) =>
        string.Join(" ", s_abilities.Where(ability => ability.Has(model) == true).Select(ability => ability.Word));

    /// <summary>Text without its line breaks.</summary>
    public static string OneLine(string? text) => text is null ? "" : VisibleText.OneLine(text);

    /// <summary>What a server said, so that it can do nothing to the screen.</summary>
    public static string? Shown(string? text) => text is null ? null : VisibleText.Of(text);

    /// <summary>A piece of a stream; the last one says so.</summary>
    public static string Piece(ChatDelta delta) =>
        delta.Result is { } result ? Footer(result) : OneLine(delta.Text.Length > 0 ? delta.Text : delta.Reasoning);

    /// <summary>What a check found, and what to do about it, in lines that fit a window beside the other columns.</summary>
    public static string Finding(ConnectionCheck check, int width) =>
        Wrapped(
            VisibleText.Of(check.Advice is null ? check.Detail : $"{check.Detail.TrimEnd('.')}. {check.Advice}"),
            Known(width) - LeftOfFinding
        );

    /// <summary>Text with its long lines broken between words; PowerShell itself breaks them within words.</summary>
    public static string Wrapped(string text, int width)
    {
        int most = Math.Max(20, Known(width) - 1);
        return text.Length <= most && text.IndexOf('\n') < 0
            ? text
            : string.Join("\n", text.Replace("\r", "").Split('\n').SelectMany(line => Broken(line, most)));
    }

    private static IEnumerable<string> Broken(string line, int most)
    {
        int start = 0;
        while (line.Length - start > most)
        {
            int space = line.LastIndexOf(' ', start + most, most);
            int end = space > start ? space : start + most;
            yield return line.Substring(start, end - start);
            start = space > start ? end + 1 : end;
        }

        yield return line.Substring(start);
    }

    // Hosts without a window say 0.
    private static int Known(int width) => width > 0 ? width : UsualWidth;
}
