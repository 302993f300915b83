using System;

namespace CBorg.Emulator.Answers;

/// <summary>A data: address with its bytes; null when it is none or its base64 is broken.</summary>
internal sealed record DataUrl(string MediaType, byte[] Bytes)
{
    public static DataUrl? Parse(string? address)
    {
        const string Scheme = "data:";
        const string Encoding = ";base64,";
        var comma = address?.IndexOf(Encoding, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (address is null || comma < 0 || !address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var mediaType = address[Scheme.Length..comma].Split(';')[0];
            return new DataUrl(mediaType, Convert.FromBase64String(address[(comma + Encoding.Length)..]));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
