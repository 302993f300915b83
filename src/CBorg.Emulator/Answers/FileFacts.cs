namespace CBorg.Emulator.Answers;

/// <summary>What can be said of a file, sound or film that came with a message without opening it.</summary>
internal sealed record FileFacts(string Name, string Format, int? Bytes)
{
    // A page of some 3,000 bytes is read as about 250 tokens.
    public int Tokens => Math.Max(1, (Bytes ?? 0) / 12);

    public static FileFacts? From(JsonObject part) =>
        part.Text("type") switch
        {
            "file" when part["file"] is JsonObject file => FromFile(file),
            "input_audio" when part["input_audio"] is JsonObject audio => new FileFacts(
                "audio",
                audio.Text("format") ?? "unknown",
                Size(audio.Text("data"))
            ),
            "video_url" => new FileFacts("video", "video", null),
            "document" => new FileFacts("document", "document", null),
            _ => null,
        };

    private static FileFacts FromFile(JsonObject file)
    {
        var data = file.Text("file_data") ?? "";
        var url = DataUrl.Parse(data);
        return new FileFacts(
            file.Text("filename") ?? file.Text("file_id") ?? "unnamed",
            file.Text("format") ?? url?.MediaType ?? "unknown",
            url?.Bytes.Length ?? Size(data)
        );
    }

    private static int? Size(string? base64) => string.IsNullOrEmpty(base64) ? null : base64.TrimEnd('=').Length * 3 / 4;
}

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
