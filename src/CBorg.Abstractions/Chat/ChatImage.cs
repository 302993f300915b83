using System;

namespace CBorg;

/// <summary>An image in a message: a data URL, or an address that the provider can reach.</summary>
public sealed class ChatImage
{
    /// <summary>An image by its address.</summary>
    /// <param name="url"><c>data:image/png;base64,...</c> or <c>https://...</c>.</param>
    public ChatImage(string url)
    {
        Url = url ?? throw new ArgumentNullException(nameof(url));
    }

    /// <summary>What is sent as <c>image_url.url</c>.</summary>
    public string Url { get; }

    /// <summary>How closely to look: <c>auto</c>, <c>low</c>, <c>high</c>. Null leaves it to the model.</summary>
    public string? Detail { get; init; }

    /// <summary>An image from its bytes.</summary>
    /// <param name="bytes">The file's content, unchanged.</param>
    /// <param name="mediaType"><c>image/png</c>, <c>image/jpeg</c>, <c>image/gif</c>, <c>image/webp</c>.</param>
    public static ChatImage FromBytes(byte[] bytes, string mediaType) =>
        new($"data:{mediaType};base64,{Convert.ToBase64String(bytes)}");

    /// <inheritdoc/>
    public override string ToString() => Url.Length <= 60 ? Url : Url.Substring(0, 57) + "...";
}
