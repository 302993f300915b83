using System;
using CBorg.Core.Http;

namespace CBorg.Core.Connection;

/// <summary>Tells about a connection without its secrets.</summary>
internal static class ConnectionInfos
{
    public static ConnectionInfo Of(Uri baseAddress, ConnectionOptions options)
    {
        string? key = options.ApiKey();
        return new ConnectionInfo
        {
            BaseUri = baseAddress,
            Key = string.IsNullOrWhiteSpace(key) ? null : Redaction.Mask(key!.Trim()),
            KeySource = options.KeySource,
            DefaultModel = options.DefaultModel,
            TimeoutSec = (int)options.Timeout.TotalSeconds,
            MaximumRetryCount = options.MaximumRetryCount,
            Proxy = options.Proxy,
        };
    }
}
