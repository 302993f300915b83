using System.Buffers.Binary;
using System.Text;

namespace CBorg.Emulator.Answers;

/// <summary>Format and size in pixels of an image, told from its first bytes; what is unknown is null.</summary>
internal sealed record ImageFacts(string Format, int? Width, int? Height, string? Remark = null)
{
    private const int BaseTokens = 85;
    private const int TokensPerTile = 170;
    private const int TileSide = 512;

    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public int Tokens => BaseTokens + (TokensPerTile * Tiles(Width) * Tiles(Height));

    public static ImageFacts From(JsonObject part)
    {
        var address = part["image_url"] is JsonObject image ? image.Text("url") : part.Text("image_url");
        if (DataUrl.Parse(address) is { } data)
        {
            return Read(data.Bytes);
        }

        return address is not null && Uri.TryCreate(address, UriKind.Absolute, out var remote) && remote.Scheme != "data"
            ? new ImageFacts("remote", null, null, $"at {remote.Host}, not fetched")
            : new ImageFacts("unreadable", null, null, "neither a data URL with base64 nor an address");
    }

    public static ImageFacts Read(byte[] bytes)
    {
        try
        {
            return ReadKnown(bytes);
        }
        catch (Exception broken) when (broken is IndexOutOfRangeException or ArgumentException)
        {
            return new ImageFacts("broken", null, null, $"{bytes.Length} bytes");
        }
    }

    public override string ToString() =>
        Format + (Width is null ? "" : $", {Width} x {Height} pixels") + (Remark is null ? "" : $", {Remark}");

    private static ImageFacts ReadKnown(byte[] bytes) =>
        bytes switch
        {
            _ when bytes.AsSpan().StartsWith(s_png) => new ImageFacts("PNG", Big32(bytes, 16), Big32(bytes, 20)),
            [0xFF, 0xD8, ..] => Jpeg(bytes),
            _ when Tag(bytes, 0, 3) == "GIF" => new ImageFacts("GIF", Little(bytes, 6), Little(bytes, 8)),
            _ when Tag(bytes, 0, 4) == "RIFF" && Tag(bytes, 8, 4) == "WEBP" => WebP(bytes),
            _ => new ImageFacts("unknown format", null, null, $"{bytes.Length} bytes"),
        };

    private static ImageFacts Jpeg(byte[] bytes)
    {
        var at = 2;
        while (at < bytes.Length)
        {
            var marker = bytes[at + 1];
            // C4, C8 and CC lie among the frame headers and are none.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new ImageFacts("JPEG", Big(bytes, at + 7), Big(bytes, at + 5));
            }

            at += marker == 0xFF ? 1 : 2 + Big(bytes, at + 2);
        }

        return new ImageFacts("JPEG", null, null);
    }

    private static ImageFacts WebP(byte[] bytes)
    {
        if (Tag(bytes, 12, 4) == "VP8L")
        {
            var packed = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(21));
            return new ImageFacts("WebP", (int)(packed & 0x3FFF) + 1, (int)((packed >> 14) & 0x3FFF) + 1);
        }

        return Tag(bytes, 12, 4) == "VP8 "
            ? new ImageFacts("WebP", Little(bytes, 26) & 0x3FFF, Little(bytes, 28) & 0x3FFF)
            : new ImageFacts("WebP", 1 + Little24(bytes, 24), 1 + Little24(bytes, 27));
    }

    private static string Tag(byte[] bytes, int start, int length) =>
        bytes.Length < start + length ? "" : Encoding.ASCII.GetString(bytes, start, length);

    private static int Little(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8);

    private static int Little24(byte[] bytes, int at) => Little(bytes, at) | (bytes[at + 2] << 16);

    private static int Big(byte[] bytes, int at) => (bytes[at] << 8) | bytes[at + 1];

    private static int Big32(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at, 4));

    private static int Tiles(int? pixels) => Math.Clamp(((pixels ?? TileSide) + TileSide - 1) / TileSide, 1, 4);
}
