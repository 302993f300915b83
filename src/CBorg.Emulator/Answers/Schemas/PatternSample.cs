using System;
using System.Text;
using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Schemas;

/// <summary>A text that matches a simple pattern: literals, classes, groups, the first of several alternatives, and counts.</summary>
internal sealed class PatternSample
{
    private const int MostRepeats = 256;

    private readonly string _pattern;
    private readonly int _repeats;
    private int _at;

    private PatternSample(string pattern, int repeats) => (_pattern, _repeats) = (pattern, repeats);

    /// <summary>The shortest sample of at least that length.</summary>
    public static string Make(string pattern, int shortest)
    {
        var sample = "";
        for (var repeats = 0; repeats <= Math.Min(MostRepeats, shortest + 1); repeats++)
        {
            sample = new PatternSample(pattern, repeats).Alternatives();
            if (sample.Length >= shortest && Regex.IsMatch(sample, pattern))
            {
                break;
            }
        }

        return sample;
    }

    // The first alternative is taken; the others are read over.
    private string Alternatives()
    {
        var first = Sequence();
        while (Peek() == '|')
        {
            _at++;
            Sequence();
        }

        return first;
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && Peek() is not ('|' or ')'))
        {
            var atom = Atom();
            var count = Count();
            for (var i = 0; i < count; i++)
            {
                text.Append(atom);
            }
        }

        return text.ToString();
    }

    private string Atom()
    {
        var letter = _pattern[_at++];
        return letter switch
        {
            '^' or '$' => "",
            '.' => "x",
            '[' => Class(),
            '(' => Group(),
            '\\' => Escape(),
            _ => letter.ToString(),
        };
    }

    private string Group()
    {
        var isLook = Ahead("?=") || Ahead("?!") || Ahead("?<=") || Ahead("?<!");
        if (Ahead("?"))
        {
            var name = _pattern.IndexOfAny([':', '>', '=', '!'], _at);
            _at = name < 0 ? _pattern.Length : name + 1;
        }

        var inner = Alternatives();
        _at++;
        return isLook ? "" : inner;
    }

    private string Class()
    {
        if (Peek() == '^')
        {
            var end = _pattern.IndexOf(']', _at + 2);
            var excluded = _pattern[_at..Math.Max(_at, end)];
            _at = end + 1;
            return Array.Find(["x", "A", "0", "-", " "], candidate => !Regex.IsMatch(candidate, $"[{excluded[1..]}]")) ?? "~";
        }

        var first = Peek() == '\\' ? EscapeInClass() : _pattern[_at++].ToString();
        var close = _at;
        while (close < _pattern.Length && _pattern[close] != ']')
        {
            close += _pattern[close] == '\\' ? 2 : 1;
        }

        _at = close + 1;
        return first;
    }

    private string EscapeInClass()
    {
        _at++;
        return Escape();
    }

    private string Escape() => _pattern[_at++] switch
    {
        'd' => "1",
        'w' or 'D' => "a",
        's' => " ",
        'S' or 'W' => "-",
        'b' or 'B' => "",
        'n' => "\n",
        't' => "\t",
        'p' => Property(),
        var letter => letter.ToString(),
    };

    private string Property()
    {
        var name = _pattern[_at.._pattern.IndexOf('}', _at)];
        _at += name.Length + 1;
        return name.TrimStart('{') switch { "Lu" => "A", "N" or "Nd" => "1", _ => "a" };
    }

    private int Count()
    {
        var start = _at;
        var count = Peek() switch
        {
            '?' => Past(0),
            '*' => Past(_repeats),
            '+' => Past(Math.Max(1, _repeats)),
            '{' => Braces(),
            _ => 1,
        };
        var isLazy = _at > start && Peek() == '?';
        return isLazy ? Past(count) : count;
    }

    private int Braces()
    {
        var close = _pattern.IndexOf('}', _at);
        var bounds = _pattern[(_at + 1)..close].Split(',');
        _at = close + 1;
        var least = int.Parse(bounds[0], System.Globalization.CultureInfo.InvariantCulture);
        if (bounds.Length == 1)
        {
            return least;
        }

        return bounds[1].Length == 0
            ? Math.Max(least, _repeats)
            : Math.Clamp(_repeats, least, int.Parse(bounds[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private int Past(int count)
    {
        _at++;
        return count;
    }

    private bool Ahead(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private char Peek() => _at < _pattern.Length ? _pattern[_at] : '\0';
}
