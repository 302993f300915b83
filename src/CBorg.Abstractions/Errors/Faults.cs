namespace CBorg;

/// <summary>Which party each kind of failure belongs to.</summary>
internal static class Faults
{
    /// <summary>What each kind of failure stops.</summary>
    public static FailureScope ScopeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.KeyMissing or ErrorKind.KeyUnknown or ErrorKind.KeyExpired or ErrorKind.KeyBlocked or ErrorKind.RouteNotAllowed or ErrorKind.Budget => FailureScope.Key,
        ErrorKind.AddressNotAllowed or ErrorKind.EdgeBlocked or ErrorKind.ConnectionFailed or ErrorKind.TlsFailed or ErrorKind.ConnectTimeout => FailureScope.Service,
        _ => FailureScope.Call,
    };

    public static Fault Of(ErrorKind kind) => kind switch
    {
        ErrorKind.BadRequest or ErrorKind.RequestTooLarge or ErrorKind.ContextWindow or ErrorKind.ContentPolicy or ErrorKind.ModelNotFound or ErrorKind.NotFound => Fault.Caller,
        ErrorKind.KeyMissing or ErrorKind.KeyUnknown or ErrorKind.KeyExpired or ErrorKind.KeyBlocked or ErrorKind.AddressNotAllowed or ErrorKind.ModelNotAllowed
            or ErrorKind.RouteNotAllowed => Fault.Key,
        ErrorKind.Budget => Fault.Budget,
        ErrorKind.RequestLimit or ErrorKind.TokenLimit or ErrorKind.ParallelLimit => Fault.Limit,
        ErrorKind.ProxyFault or ErrorKind.InvalidResponse or ErrorKind.FirstByteTimeout or ErrorKind.SilenceTimeout => Fault.Proxy,
        ErrorKind.ProviderLimit or ErrorKind.Resting or ErrorKind.ProviderRefused or ErrorKind.ProviderQuota or ErrorKind.ProviderFault or ErrorKind.ProviderTimeout => Fault.Provider,
        ErrorKind.EdgeBlocked or ErrorKind.EdgeLimit or ErrorKind.EdgeFault => Fault.Edge,
        ErrorKind.ConnectionFailed or ErrorKind.TlsFailed or ErrorKind.ConnectTimeout => Fault.Network,
        _ => Fault.Unknown,
    };
}
