using System;
using System.Security.Cryptography;
using System.Text;

namespace CBorg.Emulator.Answers;

/// <summary>Identifiers and numbers that are the same for the same text, in every process.</summary>
internal static class Stable
{
    public static string Hex(string text, int length) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant()[..length];

    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Number(ReadOnlySpan<char> text, ulong start = 14695981039346656037)
    {
        var hash = start;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash;
    }
}
