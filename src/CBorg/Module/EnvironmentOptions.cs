using System;

namespace CBorg.Module;

/// <summary>
/// The connection that needs no cmdlet: <c>$env:CBORG_API_KEY</c>, and <c>$env:CBORG_BASE_URL</c> for another address or
/// <c>$env:CBORG_ENDPOINT</c> for another of CBorg's own.
/// </summary>
internal static class EnvironmentOptions
{
    public const string KeyVariable = "CBORG_API_KEY";
    public const string UriVariable = "CBORG_BASE_URL";
    public const string EndpointVariable = "CBORG_ENDPOINT";

    public static string KeySource => $"$env:{KeyVariable}";

    /// <exception cref="CBorgRequestException">A variable says what cannot be understood.</exception>
    public static ConnectionOptions Read()
    {
        (Uri baseUri, ServiceEndpoint? endpoint, string? source) = Address();
        return new ConnectionOptions
        {
            BaseUri = baseUri,
            Endpoint = endpoint,
            EndpointSource = source,
            ApiKey = Key,
            KeySource = KeySource,
        };
    }

    public static string? Key() => Environment.GetEnvironmentVariable(KeyVariable);

    /// <summary>Where to, by the environment: an address goes before a choice of CBorg's own. Without either, the public
    /// one; the source is then null.</summary>
    /// <exception cref="CBorgRequestException">A variable says what cannot be understood.</exception>
    public static (Uri BaseUri, ServiceEndpoint? Endpoint, string? Source) Address()
    {
        Uri usual = new(ConnectionOptions.DefaultBaseUri);
        if (Value(UriVariable) is { } address)
        {
            return (Parse(address), null, $"$env:{UriVariable}");
        }

        return Value(EndpointVariable) is { } word
            ? (usual, ParseEndpoint(word), $"$env:{EndpointVariable}")
            : (usual, null, null);
    }

    private static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
            ? uri
            : throw Refused(
                UriVariable,
                address,
                "an address",
                "Give it as https://host, or remove it to use the public service."
            );

    // Enum.TryParse alone would take any number, too.
    private static ServiceEndpoint ParseEndpoint(string word) =>
        Enum.TryParse(word, ignoreCase: true, out ServiceEndpoint endpoint) && char.IsLetter(word[0])
            ? endpoint
            : throw Refused(
                EndpointVariable,
                word,
                "one of CBorg's addresses",
                "Set it to Auto, Public or Local, or remove it to use the public address."
            );

    private static string? Value(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value && value.Trim().Length > 0 ? value.Trim() : null;

    private static CBorgRequestException Refused(string variable, string value, string what, string advice) =>
        new(ErrorKind.BadRequest, $"$env:{variable} is '{value}', which is not {what}.", advice);
}
