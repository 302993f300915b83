using System;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>How far a call goes in trying again.</summary>
/// <param name="MaximumRetryCount">How often its request may be sent again.</param>
/// <param name="MaximumRetryDelay">The longest wait that a server may ask for.</param>
internal sealed record RetryOptions(int MaximumRetryCount, TimeSpan MaximumRetryDelay)
{
    public static RetryOptions Of(ConnectionOptions options, CallRequest request) =>
        new(request.MaximumRetryCount ?? options.MaximumRetryCount, options.MaximumRetryDelay);
}
