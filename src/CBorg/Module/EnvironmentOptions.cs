using System;

namespace CBorg.Module;

/// <summary>The connection that needs no cmdlet: <c>$env:CBORG_API_KEY</c>, and <c>$env:CBORG_BASE_URL</c> for another address.</summary>
internal static class EnvironmentOptions
{
    public const string KeyVariable = "CBORG_API_KEY";
    public const string UriVariable = "CBORG_BASE_URL";

    public static string KeySource => $"$env:{KeyVariable}";

    public static ConnectionOptions Read() => new() { BaseUri = BaseUri(), ApiKey = Key, KeySource = KeySource };

    public static string? Key() => Environment.GetEnvironmentVariable(KeyVariable);

    public static Uri BaseUri()
    {
        string? address = Environment.GetEnvironmentVariable(UriVariable);
        if (string.IsNullOrWhiteSpace(address))
        {
            return new Uri(ConnectionOptions.DefaultBaseUri);
        }

        return Uri.TryCreate(address!.Trim(), UriKind.Absolute, out Uri? uri)
            ? uri
            : throw new CBorgRequestException(ErrorKind.BadRequest, $"$env:{UriVariable} is '{address}', which is not an address.", "Give it as https://host, or remove it to use the public service.");
    }
}
