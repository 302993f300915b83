using System;
using System.Net;

namespace CBorg;

/// <summary>How to reach a proxy.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The public CBorg service.</summary>
    public const string DefaultBaseUri = "https://api.cborg.lbl.gov";

    /// <summary>The proxy's address, with or without a trailing slash or <c>/v1</c>. https, or http to this machine
    /// only.</summary>
    public Uri BaseUri { get; init; } = new(DefaultBaseUri);

    /// <summary>Which of CBorg's own addresses is meant, instead of <see cref="BaseUri"/>. Null: <see cref="BaseUri"/> is
    /// the address.</summary>
    public ServiceEndpoint? Endpoint { get; init; }

    /// <summary>Who chose the address, for people to read. Null when nobody did.</summary>
    public string? EndpointSource { get; init; }

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

    /// <summary>The longest wait between two attempts that a server may ask for; a call that would have to wait longer
    /// fails at once and says when to come back.</summary>
    public TimeSpan MaximumRetryDelay { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long network faults and server faults are retried until the service is back, whatever
    /// <see cref="MaximumRetryCount"/> says. Null: not at all.</summary>
    public TimeSpan? WaitForService { get; init; }

    /// <summary>The longest that a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest that a server may take from the request to the first byte of its reply.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The longest silence within a reply that has begun.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Requests a minute to keep to, whatever the server says. Null: what the server says.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens a minute to keep to, whatever the server says. Null: what the server says.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Calls in flight to keep to, whatever the server says. Null: what the server says.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Whether this user's processes share what they know of a key's limits and what they have used of them.</summary>
    public bool ShareRateLimit { get; init; } = true;

    /// <summary>A proxy on the way, whatever NO_PROXY says. Null takes that of the environment (HTTPS_PROXY, ALL_PROXY,
    /// NO_PROXY), else the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Who we are to that proxy.</summary>
    public ICredentials? ProxyCredential { get; init; }
}
