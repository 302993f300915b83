using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace CBorg.Emulator.Answers.Images;

/// <summary>Tells an image's format and size from its first bytes, and for PNG its mean colour from its pixels.</summary>
internal static class ImageReader
{
    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static ImageFacts Read(byte[] bytes)
    {
        try
        {
            return ReadKnown(bytes);
        }
        catch (Exception broken) when (broken is IndexOutOfRangeException or ArgumentException or OverflowException or IOException or InvalidDataException)
        {
            return new ImageFacts("broken", null, null, null, $"{bytes.Length} bytes");
        }
    }

    private static ImageFacts ReadKnown(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(s_png))
        {
            return PngDecoder.Read(bytes);
        }

        if (bytes.Length > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8)
        {
            return Jpeg(bytes);
        }

        return Tag(bytes, 0, 3) switch
        {
            "GIF" => new ImageFacts("GIF", Little(bytes, 6), Little(bytes, 8), null),
            "RIF" when Tag(bytes, 8, 4) == "WEBP" => WebP(bytes),
            _ => new ImageFacts("unknown format", null, null, null, $"{bytes.Length} bytes"),
        };
    }

    private static ImageFacts Jpeg(byte[] bytes)
    {
        var at = 2;
        while (at < bytes.Length)
        {
            var marker = bytes[at + 1];
            // C4, C8 and CC lie among the frame headers and are none.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new ImageFacts("JPEG", Big(bytes, at + 7), Big(bytes, at + 5), null);
            }

            at += marker == 0xFF ? 1 : 2 + Big(bytes, at + 2);
        }

        return new ImageFacts("JPEG", null, null, null);
    }

    private static ImageFacts WebP(byte[] bytes) => Tag(bytes, 12, 4) switch
    {
        "VP8 " => new ImageFacts("WebP", Little(bytes, 26) & 0x3FFF, Little(bytes, 28) & 0x3FFF, null),
        "VP8L" => Lossless(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(21))),
        _ => new ImageFacts("WebP", 1 + Little24(bytes, 24), 1 + Little24(bytes, 27), null),
    };

    private static ImageFacts Lossless(uint packed) =>
        new("WebP", (int)(packed & 0x3FFF) + 1, (int)((packed >> 14) & 0x3FFF) + 1, null);

    private static string Tag(byte[] bytes, int start, int length) =>
        bytes.Length < start + length ? "" : Encoding.ASCII.GetString(bytes, start, length);

    private static int Little(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8);

    private static int Little24(byte[] bytes, int at) => Little(bytes, at) | (bytes[at + 2] << 16);

    private static int Big(byte[] bytes, int at) => (bytes[at] << 8) | bytes[at + 1];
}
