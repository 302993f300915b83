using System.Globalization;
using System.Text;

namespace CBorg;

/// <summary>
/// Makes visible what a terminal would obey instead of showing: whatever a server, a model or a file said is passed here
/// before it is shown. Escape sequences set colours, titles and the clipboard, and move the cursor; bidirectional overrides
/// turn words around.
/// </summary>
internal static class VisibleText
{
    // Unicode has a picture of each control character of ASCII.
    private const char FirstPicture = '\u2400';
    private const char PictureOfDelete = '\u2421';
    private const char Delete = '\u007f';

    /// <summary>The text in several lines; tabs and line breaks stay.</summary>
    public static string Of(string text)
    {
        int first = FirstHidden(text);
        if (first < 0)
        {
            return text;
        }

        StringBuilder visible = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            Append(visible, text, i);
        }

        return visible.ToString();
    }

    /// <summary>The text in one line.</summary>
    public static string OneLine(string text) => Of(text).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>Whether nothing of it is hidden, line breaks and tabs included: it may stand in a command line.</summary>
    public static bool IsPlain(string text) => FirstHidden(text) < 0 && text.IndexOfAny(['\n', '\t', '\u2028', '\u2029']) < 0;

    private static int FirstHidden(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsHidden(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsHidden(char c) =>
        c < ' ' ? c is not ('\t' or '\n') : c is >= Delete and <= '\u009f' || (c >= '\u061c' && TurnsWords(c));

    private static bool TurnsWords(char c) =>
        c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static void Append(StringBuilder visible, string text, int at)
    {
        char c = text[at];
        if (!IsHidden(c))
        {
            visible.Append(c);
        }
        else if (c == Delete)
        {
            visible.Append(PictureOfDelete);
        }
        else if (c >= ' ')
        {
            visible.Append("<U+").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)).Append('>');
        }
        else if (c != '\r' || at + 1 == text.Length || text[at + 1] != '\n')
        {
            visible.Append((char)(FirstPicture + c));
        }
    }
}
