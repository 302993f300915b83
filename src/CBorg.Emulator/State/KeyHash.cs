using System;
using System.Security.Cryptography;
using System.Text;

namespace CBorg.Emulator.State;

internal static class KeyHash
{
    public static string Of(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))).ToLowerInvariant();
}
