using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Schemas;

/// <summary>Values for the members of a schema, taken from the prompt where a member's name suggests which.</summary>
internal sealed partial class PromptHints(string prompt, string? answer)
{
    private const int LongestSearched = 20_000;

    private readonly string _searched = Beginning(prompt);
    private readonly Lazy<Queue<decimal>> _numbers = new(() =>
        new(Numbers().Matches(Beginning(prompt)).Select(match => AsNumber(match.Value)).OfType<decimal>())
    );

    /// <summary>What the stand-in would have answered in words, if it had more to say than a summary.</summary>
    public string? Answer { get; } = answer;

    public string Prompt { get; } = prompt;

    /// <summary>A text for a member: named in the prompt, of the kind that its name asks for, or the answer; null when
    /// nothing fits.</summary>
    public string? TextFor(string name) => Named(name) ?? OfKind(Words.Split(name).LastOrDefault() ?? "", name);

    /// <summary>A number for a member; numbers that no member was named for are given out in their order.</summary>
    public decimal? NumberFor(string name)
    {
        var words = NamePattern(name);
        const string Number = @"(?<number>-?\d+(?:\.\d+)?)";
        var near = Regex.Match(
            _searched,
            $@"\b{words}\b\s*(?:is|are|was|of|:|=|to)?\s*{Number}|{Number}[\s-]*{words}\b",
            RegexOptions.IgnoreCase
        );
        if (near.Success)
        {
            return AsNumber(near.Groups["number"].Value);
        }

        if (name.Contains("age", StringComparison.OrdinalIgnoreCase) && Years().Match(_searched) is { Success: true } years)
        {
            return AsNumber(years.Groups["number"].Value);
        }

        if (Answer is not null && AsNumber(Answer) is { } answered)
        {
            return answered;
        }

        return _numbers.Value.TryDequeue(out var next) ? next : null;
    }

    /// <summary>Whether the prompt speaks for or against a member; null when it does not speak of it.</summary>
    public bool? FlagFor(string name)
    {
        var words = NamePattern(name);
        var against =
            $@"\b(?:no|not|without|never|isn't|don't)\s+(?:\w+\s+)?{words}\b|\b{words}\b\s*(?:is|:|=)\s*(?:false|no|off)\b";
        if (Regex.IsMatch(_searched, against, RegexOptions.IgnoreCase))
        {
            return false;
        }

        if (Words.Split(name).Any(Mood.IsMoodName))
        {
            return Mood.Of(Prompt) * Words.Split(name).Sum(Mood.Of) > 0;
        }

        return Regex.IsMatch(_searched, $@"\b{words}\b", RegexOptions.IgnoreCase) ? true : null;
    }

    /// <summary>The members of a list that the prompt gives under a name: "colours: red, green and blue".</summary>
    public IReadOnlyList<string> ListFor(string name)
    {
        var list = Regex.Match(
            _searched,
            $@"\b{NamePattern(name)}s?\b\s*(?:are|is|:|=)\s*(?<list>[^.;\n]+)",
            RegexOptions.IgnoreCase
        );
        return list.Success
            ? ListSeparator()
                .Split(list.Groups["list"].Value)
                .Select(item => item.Trim(' ', '"', '\''))
                .Where(item => item.Length > 0)
                .ToList()
            : [];
    }

    public bool Knows(string name) => Named(name) is not null || FlagFor(name) is not null;

    private string? Named(string name)
    {
        var value = Regex.Match(
            _searched,
            $"""\b{NamePattern(name)}\b["']?\s*(?:is|was|:|=)\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s,;][^,;\n]*?)(?=[,;\n]|[.?!](?:\s|$)|\s+and\s|$))""",
            RegexOptions.IgnoreCase
        );
        return value.Success ? value.Groups["value"].Value.Trim() : null;
    }

    private string? OfKind(string word, string name) =>
        word switch
        {
            "email" or "mail" => First(Email()),
            "url" or "uri" or "link" or "website" => First(Address()),
            "date" or "day" => First(Date()),
            "name" or "person" or "author" or "customer" or "employee" or "speaker" => First(Called()) ?? First(FullName()),
            "city" or "country" or "location" or "place" or "town" or "region" or "destination" => First(Place()) ?? "Berkeley",
            "tz" or "timezone" or "zone" => First(Zone()) ?? "UTC",
            "sentiment" or "mood" or "tone" => MoodName(),
            "query" or "question" or "prompt" or "text" or "input" or "message" or "content" => First(Quoted()) ?? Prompt,
            "expression" or "formula" or "sum" => First(Sum()) ?? Answer,
            "title" or "subject" or "headline" => Prompt.Split('\n')[0].Trim(),
            _ => name == "" ? Answer : First(Quoted()) ?? Answer,
        };

    private string MoodName() =>
        Mood.Of(Prompt) switch
        {
            > 0 => "positive",
            < 0 => "negative",
            _ => "neutral",
        };

    private string? First(Regex pattern)
    {
        var match = pattern.Match(_searched);
        return !match.Success ? null
            : match.Groups["it"].Success ? match.Groups["it"].Value
            : match.Value;
    }

    private static string Beginning(string text) => text.Length > LongestSearched ? text[..LongestSearched] : text;

    // get_city, getCity and "get city" are one name.
    private static string NamePattern(string name) =>
        string.Join(@"[\s_-]*", NameParts().Matches(name).Select(part => Regex.Escape(part.Value)).DefaultIfEmpty("(?!)"));

    private static decimal? AsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<number>\d+)[\s-]*years?", RegexOptions.IgnoreCase)]
    private static partial Regex Years();

    [GeneratedRegex(@"\s*,\s*(?:and\s+)?|\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex ListSeparator();

    [GeneratedRegex(@"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")]
    private static partial Regex NameParts();

    [GeneratedRegex(@"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")]
    private static partial Regex Email();

    [GeneratedRegex(@"https?://[^\s""'<>)]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b")]
    private static partial Regex Date();

    [GeneratedRegex(@"\b(?:named|called|name\s+is|I\s+am|I'm)\s+(?<it>\p{Lu}\w+(?:\s\p{Lu}\w+)*)")]
    private static partial Regex Called();

    [GeneratedRegex(@"\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)+|(?<=[^.!?]\s)\p{Lu}\p{Ll}+")]
    private static partial Regex FullName();

    [GeneratedRegex(@"\b(?:in|at|near|for|from|to|of)\s+(?<it>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)*)")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(?:UTC|GMT|[A-Z]\w+/[A-Z]\w+)\b")]
    private static partial Regex Zone();

    [GeneratedRegex(@"""(?<it>[^""]+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[\d(][\d\s.+\-*/^()]{0,100}[\d)]")]
    private static partial Regex Sum();
}
