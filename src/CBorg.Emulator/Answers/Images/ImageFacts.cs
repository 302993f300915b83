using System;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Answers.Images;

/// <summary>Format, size in pixels and mean colour of an image; what is unknown is null.</summary>
internal sealed record ImageFacts(string Format, int? Width, int? Height, Colour? MeanColour, string? Remark = null)
{
    private const int BaseTokens = 85;
    private const int TokensPerTile = 170;
    private const int TileSide = 512;

    public int Tokens => BaseTokens + (TokensPerTile * Tiles(Width) * Tiles(Height));

    public static ImageFacts From(JsonObject part)
    {
        var address = part["image_url"] switch
        {
            JsonObject image => image.Text("url"),
            _ => part.Text("image_url"),
        };
        if (DataUrl.Parse(address) is { } data)
        {
            return ImageReader.Read(data.Bytes);
        }

        return address is not null && Uri.TryCreate(address, UriKind.Absolute, out var remote) && remote.Scheme != "data"
            ? new ImageFacts("remote", null, null, null, $"at {remote.Host}, not fetched")
            : new ImageFacts("unreadable", null, null, null, "neither a data URL with base64 nor an address");
    }

    public override string ToString()
    {
        var text = Format;
        text += Width is null ? "" : $", {Width} x {Height} pixels";
        text += MeanColour is null ? "" : $", mean colour {MeanColour}";
        return text + (Remark is null ? "" : $", {Remark}");
    }

    private static int Tiles(int? pixels) => Math.Clamp(((pixels ?? TileSide) + TileSide - 1) / TileSide, 1, 4);
}
