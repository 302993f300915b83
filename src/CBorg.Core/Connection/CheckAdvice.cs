using System;

namespace CBorg.Core.Connection;

/// <summary>What to do about a step that failed.</summary>
internal sealed class CheckAdvice(Uri baseAddress, ProxyOnTheWay? proxy)
{
    private const string OnTheLaboratorysNetworkOnly = "api-local.";

    public string? For(string step, CBorgException? failure) =>
        step switch
        {
            CheckSteps.NameResolution => $"Check the spelling of the address and this machine's network. {Network}",
            CheckSteps.Connect => $"Something on the way refuses or swallows the connection. {Network}",
            CheckSteps.Tls => "Check this machine's clock and certificates, and whether something on the way inspects traffic; "
                + "its certificate would have to be trusted here.",
            CheckSteps.Service => Service(failure),
            CheckSteps.Key or CheckSteps.Models when failure?.Kind is ErrorKind.EdgeBlocked or ErrorKind.AddressNotAllowed =>
                Authorise,
            _ when failure?.Kind is ErrorKind.ConnectionFailed or ErrorKind.ConnectTimeout or null =>
                $"The service answered a moment ago; try again. {Proxy}".TrimEnd(),
            _ => failure!.Advice,
        };

    private string Network =>
        proxy is null
            ? baseAddress.Host.StartsWith(OnTheLaboratorysNetworkOnly, StringComparison.OrdinalIgnoreCase)
                ? $"{baseAddress.Host} is reachable from the Laboratory's network and VPN only."
                : "Check network, VPN and firewall; where the way out is a proxy, "
                    + "name it in $env:HTTPS_PROXY or with Connect-CBorg -Proxy."
            : Proxy;

    private string Proxy =>
        proxy is null ? "" : $"Requests go through the proxy {proxy.Address} ({proxy.Source}): check that it is right.";

    private string Authorise =>
        $"Off the Laboratory's network authorise your address at {ErrorTable.KeyPage} "
        + "(the IPv6 one where this machine has one), or use the VPN; "
        + "on it, Connect-CBorg -Endpoint Local goes around the gateway.";

    private string? Service(CBorgException? failure) =>
        failure?.Kind switch
        {
            ErrorKind.EdgeBlocked or ErrorKind.AddressNotAllowed or ErrorKind.RouteNotAllowed => Authorise,
            ErrorKind.ConnectionFailed or ErrorKind.ConnectTimeout or ErrorKind.SilenceTimeout or null => proxy is null
                ? "The service may be down for maintenance; try again later."
                : Proxy,
            _ => failure.Advice,
        };
}
