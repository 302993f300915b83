namespace CBorg;

/// <summary>Which of CBorg's own addresses is talked to. All of them are doors to the same service.</summary>
public enum ServiceEndpoint
{
    /// <summary>https://api.cborg.lbl.gov, reachable from everywhere, with a gateway in front.</summary>
    Public,

    /// <summary>https://api-local.cborg.lbl.gov, reachable from the Laboratory's network and VPN only, without the
    /// gateway.</summary>
    Local,

    /// <summary>The local address where it answers, else the public one.</summary>
    Auto,
}
