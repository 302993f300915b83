namespace CBorg;

/// <summary>
/// What went wrong, whatever the status code said. Each name is also the ErrorId of the module's error records and part of its
/// stable interface.
/// </summary>
public enum ErrorKind
{
    /// <summary>None of the others.</summary>
    Unexpected = 0,

    /// <summary>No key was given, or none reached the server.</summary>
    KeyMissing,

    /// <summary>The server does not know the key.</summary>
    KeyUnknown,

    /// <summary>The key's time is over.</summary>
    KeyExpired,

    /// <summary>An administrator blocked the key.</summary>
    KeyBlocked,

    /// <summary>The proxy does not take requests from this network address.</summary>
    AddressNotAllowed,

    /// <summary>The key, its user or its team may not use the model.</summary>
    ModelNotAllowed,

    /// <summary>The key may not call the route.</summary>
    RouteNotAllowed,

    /// <summary>The proxy has no such model.</summary>
    ModelNotFound,

    /// <summary>The proxy has no such route, key or user.</summary>
    NotFound,

    /// <summary>A budget is used up.</summary>
    Budget,

    /// <summary>The proxy's requests per minute.</summary>
    RequestLimit,

    /// <summary>The proxy's tokens per minute.</summary>
    TokenLimit,

    /// <summary>The proxy's calls in flight.</summary>
    ParallelLimit,

    /// <summary>The provider behind the model limits.</summary>
    ProviderLimit,

    /// <summary>All deployments of the model rest after failures.</summary>
    Resting,

    /// <summary>A parameter or the body is not acceptable.</summary>
    BadRequest,

    /// <summary>The request is larger than somebody takes.</summary>
    RequestTooLarge,

    /// <summary>The prompt is longer than the model takes.</summary>
    ContextWindow,

    /// <summary>A content policy rejected the request.</summary>
    ContentPolicy,

    /// <summary>The provider rejects the proxy's own credentials, permission or model name. The user's key is in order.</summary>
    ProviderRefused,

    /// <summary>The proxy's account with the provider has no quota or credit left.</summary>
    ProviderQuota,

    /// <summary>The provider failed, or its line broke.</summary>
    ProviderFault,

    /// <summary>The provider was silent too long.</summary>
    ProviderTimeout,

    /// <summary>The proxy itself failed.</summary>
    ProxyFault,

    /// <summary>The edge (Cloudflare) does not let the request through.</summary>
    EdgeBlocked,

    /// <summary>The edge limits the rate.</summary>
    EdgeLimit,

    /// <summary>The edge could not reach the proxy, or failed.</summary>
    EdgeFault,

    /// <summary>No connection: name, address, refusal, or a line that broke before an answer.</summary>
    ConnectionFailed,

    /// <summary>No trusted connection: certificate or handshake.</summary>
    TlsFailed,

    /// <summary>Connecting took too long.</summary>
    ConnectTimeout,

    /// <summary>A request was sent, and no reply began in time.</summary>
    FirstByteTimeout,

    /// <summary>The server said nothing for too long in the middle of a reply.</summary>
    SilenceTimeout,

    /// <summary>The whole call took longer than allowed.</summary>
    CallTimeout,

    /// <summary>An answer that nobody can read.</summary>
    InvalidResponse,

    /// <summary>A stream broke after text had arrived.</summary>
    StreamInterrupted,
}
