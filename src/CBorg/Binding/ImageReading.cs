using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace CBorg.Binding;

/// <summary>Turns what -Image is given (paths with wildcards, http(s) or data URLs) into images.</summary>
internal static class ImageReading
{
    public static IEnumerable<ChatImage> Read(PSCmdlet cmdlet, IEnumerable<string> images)
    {
        foreach (string image in images)
        {
            if (
                image.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                || image.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                || image.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            )
            {
                yield return new ChatImage(image);
                continue;
            }

            foreach (string path in Resolve(cmdlet, image))
            {
                yield return FromFile(path);
            }
        }
    }

    private static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string image)
    {
        if (string.IsNullOrWhiteSpace(image))
        {
            throw Failed("There is no image in an empty text.");
        }

        PathIntrinsics paths = cmdlet.SessionState.Path;
        try
        {
            IReadOnlyList<string> found = paths.GetResolvedProviderPathFromPSPath(image, out ProviderInfo provider);
            if (provider.Name != "FileSystem")
            {
                throw Failed($"'{image}' is in {provider.Name}, not a file.");
            }

            // A name may hold brackets that are no pattern.
            return found.Count > 0 ? found
                : paths.GetUnresolvedProviderPathFromPSPath(image) is var literal && File.Exists(literal) ? [literal]
                : throw Failed($"There is no image '{image}'.");
        }
        catch (ItemNotFoundException e)
        {
            throw Failed($"There is no image '{image}'.", e);
        }
        catch (System.Management.Automation.DriveNotFoundException e)
        {
            throw Failed($"There is no image '{image}'.", e);
        }
    }

    private static ChatImage FromFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw Failed($"'{path}' is a folder.");
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed($"'{path}' cannot be read: {e.Message}", e);
        }

        return ChatImage.FromBytes(bytes, MediaType(bytes) ?? throw Failed($"'{path}' is not a PNG, JPEG, GIF or WebP image."));
    }

    // The first bytes tell, whatever the file is called.
    private static string? MediaType(byte[] bytes) =>
        Starts(bytes, 0x89, 0x50, 0x4E, 0x47) ? "image/png"
        : Starts(bytes, 0xFF, 0xD8, 0xFF) ? "image/jpeg"
        : Starts(bytes, 0x47, 0x49, 0x46, 0x38) ? "image/gif"
        : Starts(bytes, 0x52, 0x49, 0x46, 0x46)
        && bytes.Length > 12
        && bytes[8] == 'W'
        && bytes[9] == 'E'
        && bytes[10] == 'B'
        && bytes[11] == 'P'
            ? "image/webp"
        : null;

    private static bool Starts(byte[] bytes, params byte[] magic) =>
        bytes.Length >= magic.Length && bytes.Take(magic.Length).SequenceEqual(magic);

    private static CBorgRequestException Failed(string message, Exception? inner = null) =>
        new(
            ErrorKind.BadRequest,
            message,
            "-Image takes paths of PNG, JPEG, GIF or WebP files, https addresses, or data URLs.",
            null,
            inner
        );
}
