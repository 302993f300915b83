using System;

namespace CBorg;

/// <summary>The connection in use, without its secrets.</summary>
public sealed class ConnectionInfo
{
    /// <summary>The proxy's address; with <see cref="ServiceEndpoint.Auto"/> the one that the next call begins with, as far
    /// as is known.</summary>
    public Uri BaseUri { get; init; } = new(ConnectionOptions.DefaultBaseUri);

    /// <summary>Which of CBorg's own addresses was asked for; null for any other address.</summary>
    public ServiceEndpoint? Endpoint { get; init; }

    /// <summary>Why this address is in use.</summary>
    public string EndpointReason { get; init; } = "";

    /// <summary>The key's last four characters; null when there is no key.</summary>
    public string? Key { get; init; }

    /// <summary>Where the key comes from.</summary>
    public string KeySource { get; init; } = "";

    /// <summary>The model of calls that name none.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>The longest a whole call may take, in seconds.</summary>
    public int TimeoutSec { get; init; }

    /// <summary>How often a failed request is sent again.</summary>
    public int MaximumRetryCount { get; init; }

    /// <summary>The longest wait between two attempts that a server may ask for.</summary>
    public TimeSpan MaximumRetryDelay { get; init; }

    /// <summary>How long a service that is down is waited for; null when it is not.</summary>
    public TimeSpan? WaitForService { get; init; }

    /// <summary>The longest that a connection may take to be made, in seconds.</summary>
    public int ConnectTimeoutSec { get; init; }

    /// <summary>The longest from the request to the first byte of the reply, in seconds.</summary>
    public int FirstByteTimeoutSec { get; init; }

    /// <summary>The longest silence within a reply, in seconds.</summary>
    public int SilenceTimeoutSec { get; init; }

    /// <summary>The proxy on the way; null for that of the environment or the system.</summary>
    public Uri? Proxy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{BaseUri} ({Key ?? "no key"})";
}
