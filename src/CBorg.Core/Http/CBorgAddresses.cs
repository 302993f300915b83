using System;

namespace CBorg.Core.Http;

/// <summary>CBorg's own addresses.</summary>
internal static class CBorgAddresses
{
    private const string Service = "cborg";

    public static Uri Public { get; } = new("https://api.cborg.lbl.gov/");

    public static Uri Local { get; } = new("https://api-local.cborg.lbl.gov/");

    /// <returns>Which of them it is; null for any other address.</returns>
    public static ServiceEndpoint? EndpointOf(Uri normal) =>
        normal == Public ? ServiceEndpoint.Public
        : normal == Local ? ServiceEndpoint.Local
        : null;

    /// <summary>What the limits and the catalogue belong to: one name for all doors of CBorg, else the address itself.</summary>
    public static string ServiceOf(Uri normal) => EndpointOf(normal) is null ? normal.AbsoluteUri : Service;
}
