using System;
using System.Threading;

namespace CBorg.Core.Http;

/// <summary>
/// Texts that are the same in most replies, such as the names of headers and the proxy's version: a script that keeps
/// thousands of results keeps them once. As many as there are headers on a reply, a few times over;
/// what does not fit takes the place of another.
/// </summary>
internal static class SharedTexts
{
    private const int Slots = 512;
    private const int LongestText = 128;

    private static readonly string?[] s_slots = new string?[Slots];

    /// <returns>An equal text.</returns>
    public static string Of(string text)
    {
        if (text.Length is 0 or > LongestText)
        {
            return text;
        }

        ref string? slot = ref s_slots[(uint)StringComparer.Ordinal.GetHashCode(text) % Slots];
        string? known = Volatile.Read(ref slot);
        if (known == text)
        {
            return known;
        }

        Volatile.Write(ref slot, text);
        return text;
    }
}
