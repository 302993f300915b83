using System;
using System.Net;

namespace CBorg;

/// <summary>How to reach a proxy.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The public CBorg service.</summary>
    public const string DefaultBaseUri = "https://api.cborg.lbl.gov";

    /// <summary>The proxy's address, with or without a trailing slash or <c>/v1</c>. https, or http to this machine only.</summary>
    public Uri BaseUri { get; init; } = new(DefaultBaseUri);

    /// <summary>Gives the key when a request needs it, so that it rests nowhere else. Null when there is none.</summary>
    public Func<string?> ApiKey { get; init; } = () => null;

    /// <summary>Where the key comes from, for people to read.</summary>
    public string KeySource { get; init; } = "";

    /// <summary>The model of calls that name none. Null: such calls fail.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>The longest a whole call may take, waits included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How often a failed request is sent again; 0 never.</summary>
    public int MaximumRetryCount { get; init; } = 4;

    /// <summary>A proxy on the way. Null takes the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Who we are to that proxy.</summary>
    public ICredentials? ProxyCredential { get; init; }
}
