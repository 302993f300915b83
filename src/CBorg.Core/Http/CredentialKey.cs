using System;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace CBorg.Core.Http;

/// <summary>
/// Tells credentials from others without keeping them: the same name and password given twice are to share their connections.
/// </summary>
internal static class CredentialKey
{
    public static string Of(ICredentials? credentials) =>
        credentials switch
        {
            null => "",
            NetworkCredential known => Hash($"{known.Domain}\n{known.UserName}\n{known.Password}"),
            _ => RuntimeHelpers.GetHashCode(credentials).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    private static string Hash(string text)
    {
        using SHA256 sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
