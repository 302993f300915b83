namespace CBorg.Core.Connection;

/// <summary>The steps of a connection check, in their order.</summary>
internal static class CheckSteps
{
    /// <summary>Only where there is a choice of addresses.</summary>
    public const string Endpoint = nameof(Endpoint);

    public const string NameResolution = nameof(NameResolution);
    public const string Connect = nameof(Connect);
    public const string Tls = nameof(Tls);
    public const string Service = nameof(Service);
    public const string Key = nameof(Key);
    public const string Models = nameof(Models);
    public const string Budget = nameof(Budget);
    public const string Latency = nameof(Latency);
}
