using System;
using CBorg.Core.Http;

namespace CBorg.Core.Connection;

/// <summary>Tells about a connection without its secrets.</summary>
internal static class ConnectionInfos
{
    public static ConnectionInfo Of(IEndpoint endpoint, ConnectionOptions options)
    {
        string? key = options.ApiKey();
        EndpointChoice current = endpoint.Current;
        return new ConnectionInfo
        {
            BaseUri = current.Address,
            Endpoint = options.Endpoint ?? CBorgAddresses.EndpointOf(current.Address),
            EndpointReason = current.Reason,
            Key = string.IsNullOrWhiteSpace(key) ? null : Redaction.Mask(key!.Trim()),
            KeySource = options.KeySource,
            DefaultModel = options.DefaultModel,
            TimeoutSec = (int)options.Timeout.TotalSeconds,
            MaximumRetryCount = options.MaximumRetryCount,
            MaximumRetryDelay = options.MaximumRetryDelay,
            WaitForService = options.WaitForService,
            ConnectTimeoutSec = (int)options.ConnectTimeout.TotalSeconds,
            FirstByteTimeoutSec = (int)options.FirstByteTimeout.TotalSeconds,
            SilenceTimeoutSec = (int)options.SilenceTimeout.TotalSeconds,
            Proxy = options.Proxy,
        };
    }
}
