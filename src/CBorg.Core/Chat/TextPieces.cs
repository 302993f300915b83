using System.Text;

namespace CBorg.Core.Chat;

/// <summary>A text that comes in pieces, or at once; the latter costs nothing.</summary>
internal sealed class TextPieces
{
    private string _first = "";
    private StringBuilder? _all;

    public bool IsEmpty => _first.Length == 0;

    public void Add(string? piece)
    {
        if (string.IsNullOrEmpty(piece))
        {
            return;
        }

        if (_first.Length == 0)
        {
            _first = piece!;
            return;
        }

        (_all ??= new StringBuilder(_first)).Append(piece);
    }

    public void Clear() => (_first, _all) = ("", null);

    public override string ToString() => _all?.ToString() ?? _first;
}
