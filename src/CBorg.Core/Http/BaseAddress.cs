using System;
using System.Net;

namespace CBorg.Core.Http;

/// <summary>
/// Brings the forms in which people write a proxy's address to one, and refuses those that would send the key in the clear.
/// </summary>
internal static class BaseAddress
{
    /// <returns>
    /// The address without query, trailing slash and <c>/v1</c>, ending in one slash so that relative paths append.
    /// </returns>
    public static Uri Normalize(Uri uri)
    {
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            throw Refused(
                $"'{uri}' is not the address of a web service.",
                "Give it as https://host, for example https://api.cborg.lbl.gov."
            );
        }

        if (uri.UserInfo.Length > 0)
        {
            throw Refused(
                "The address holds a user name or password.",
                "Leave it out; the key goes with -ApiKey or $env:CBORG_API_KEY."
            );
        }

        if (uri.Scheme == Uri.UriSchemeHttp && !IsLoopback(uri))
        {
            throw Refused(
                $"http://{uri.Host} would send the key unencrypted.",
                $"Use https://{uri.Host}. Plain http is for this machine only."
            );
        }

        string path = uri.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/v1", StringComparison.OrdinalIgnoreCase))
        {
            path = path.Substring(0, path.Length - 3).TrimEnd('/');
        }

        return new Uri($"{uri.GetLeftPart(UriPartial.Authority)}{path}/");
    }

    /// <summary>A route below the address, never outside of it.</summary>
    public static Uri Route(Uri baseAddress, string path)
    {
        Uri route = new(baseAddress, path.TrimStart('/'));
        if (!baseAddress.IsBaseOf(route))
        {
            throw Refused(
                $"'{path}' is not a route of {baseAddress.Host}.",
                "Give the path alone, for example /model/info; the key goes to no other host."
            );
        }

        return route;
    }

    private static bool IsLoopback(Uri uri) =>
        uri.IsLoopback
        && (
            uri.HostNameType == UriHostNameType.Dns
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address))
        );

    private static CBorgRequestException Refused(string message, string advice) => new(ErrorKind.BadRequest, message, advice);
}
