using System;
using System.Globalization;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>Works out sums with + - * / % ^ and brackets; null when the text is none or has no operator.</summary>
internal sealed class Arithmetic(string text)
{
    private const int DeepestNesting = 50;

    private readonly string _text = text.Trim().TrimEnd('.', ',');
    private int _at;
    private int _depth;
    private bool _hasOperator;

    public decimal? Result()
    {
        try
        {
            var sum = Sum();
            return _at == _text.Length && _hasOperator ? sum : null;
        }
        catch (Exception broken) when (broken is FormatException or OverflowException or DivideByZeroException)
        {
            return null;
        }
    }

    private decimal Sum()
    {
        var sum = Product();
        while (Next() is '+' or '-')
        {
            _hasOperator = true;
            sum = Take() == '+' ? sum + Product() : sum - Product();
        }

        return sum;
    }

    private decimal Product()
    {
        var product = Power();
        while (Next() is '*' or '/' or '%')
        {
            _hasOperator = true;
            product = Take() switch
            {
                '*' => product * Power(),
                '/' => product / Power(),
                _ => product % Power(),
            };
        }

        return product;
    }

    private decimal Power()
    {
        var number = Signed();
        if (Next() != '^')
        {
            return number;
        }

        _hasOperator = true;
        Take();
        return (decimal)Math.Pow((double)number, (double)Power());
    }

    private decimal Signed()
    {
        if (Next() is '-' or '+')
        {
            return Take() == '-' ? -Signed() : Signed();
        }

        return Next() == '(' ? Bracket() : Number();
    }

    private decimal Bracket()
    {
        Take();
        if (++_depth > DeepestNesting)
        {
            throw new FormatException("Too many brackets.");
        }

        var inner = Sum();
        return Next() == ')' && Take() == ')' ? inner : throw new FormatException("A bracket stays open.");
    }

    private decimal Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '.' or ','))
        {
            _at++;
        }

        return decimal.Parse(_text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private char Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    private char Take() => _text[_at++];
}
