using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CBorg.Core.Http;

/// <summary>
/// Tells the networks that this machine is in from others, by its own addresses and gateways. Joining a VPN or another WLAN
/// changes it.
/// </summary>
internal static class NetworkIdentity
{
    /// <returns>A text to compare, nothing else. Empty when the machine does not tell.</returns>
    public static string Read()
    {
        try
        {
            return string.Join(
                " ",
                NetworkInterface
                    .GetAllNetworkInterfaces()
                    .Where(card =>
                        card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
                        && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
                    )
                    .SelectMany(Of)
                    .Distinct()
                    .OrderBy(part => part, StringComparer.Ordinal)
            );
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException or NotImplementedException)
        {
            return "";
        }
    }

    private static IEnumerable<string> Of(NetworkInterface card)
    {
        IPInterfaceProperties properties = card.GetIPProperties();
        return
        [
            .. properties.UnicastAddresses.Select(own => Stable(own.Address)).OfType<string>(),
            .. properties.GatewayAddresses.Select(gateway => $"via {gateway.Address}"),
        ];
    }

    /// <summary>Of an IPv6 address the network alone: the rest changes from day to day (RFC 8981).</summary>
    private static string? Stable(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        return address.IsIPv6LinkLocal ? null : BitConverter.ToString(address.GetAddressBytes(), 0, 8);
    }
}
