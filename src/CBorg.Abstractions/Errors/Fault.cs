namespace CBorg;

/// <summary>Who has to do something about a failure. Each <see cref="ErrorKind"/> has one; docs/errors.md lists them.</summary>
public enum Fault
{
    /// <summary>Nobody can tell.</summary>
    Unknown = 0,

    /// <summary>The request: what was asked for does not exist, is malformed, too large or not permitted.</summary>
    Caller,

    /// <summary>The key, or what it may do.</summary>
    Key,

    /// <summary>A budget is used up.</summary>
    Budget,

    /// <summary>A limit of the proxy for this key, its user or its team.</summary>
    Limit,

    /// <summary>The proxy.</summary>
    Proxy,

    /// <summary>The provider behind the model, or the proxy's account with it.</summary>
    Provider,

    /// <summary>The gateway in front of the proxy (Cloudflare).</summary>
    Edge,

    /// <summary>The network between here and the service.</summary>
    Network,
}
