using System;
using System.Linq;
using System.Net;

namespace CBorg.Core.Http;

/// <summary>
/// Reads NO_PROXY as curl, Python and Go read it. The framework's own reading knows whole names and leading dots only, and on
/// Windows it reads the variable only beside another one.
/// </summary>
internal static class NoProxy
{
    private static readonly char[] s_separators = [',', ';', ' ', '\t'];

    /// <param name="target">Where a request goes.</param>
    /// <param name="list">
    /// Names (their subdomains too, with or without a leading dot or <c>*.</c>), addresses, ranges such as 10.0.0.0/8, each
    /// perhaps with a port; <c>*</c> is everything.
    /// </param>
    public static bool Holds(Uri target, string? list) =>
        list?.Split(s_separators, StringSplitOptions.RemoveEmptyEntries).Any(entry => entry == "*" || Matches(target, entry))
        == true;

    private static bool Matches(Uri target, string entry)
    {
        (string host, int? port) = WithoutPort(entry);
        return (port is null || port == target.Port)
            && (
                IPAddress.TryParse(target.DnsSafeHost, out IPAddress? address)
                    ? IsWithin(address, host)
                    : IsBelow(target.DnsSafeHost.TrimEnd('.'), host)
            );
    }

    private static bool IsBelow(string name, string entry)
    {
        string domain = (entry.StartsWith("*.", StringComparison.Ordinal) ? entry.Substring(2) : entry).Trim('.');
        return domain.Length > 0
            && (
                name.Equals(domain, StringComparison.OrdinalIgnoreCase)
                || name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)
            );
    }

    private static bool IsWithin(IPAddress address, string entry)
    {
        string[] parts = entry.Split('/');
        if (!IPAddress.TryParse(parts[0], out IPAddress? network) || network.AddressFamily != address.AddressFamily)
        {
            return false;
        }

        byte[] ours = address.GetAddressBytes();
        byte[] theirs = network.GetAddressBytes();
        int bits = ours.Length * 8;
        return parts.Length switch
        {
            1 => address.Equals(network),
            2 => int.TryParse(parts[1], out int length) && length >= 0 && length <= bits && Agree(ours, theirs, length),
            _ => false,
        };
    }

    private static bool Agree(byte[] ours, byte[] theirs, int bits)
    {
        for (int i = 0; bits > 0; i++, bits -= 8)
        {
            int mask = bits >= 8 ? 0xFF : 0xFF << (8 - bits);
            if (((ours[i] ^ theirs[i]) & mask) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A colon is a port's in <c>host:443</c> and <c>[::1]:443</c>, and none's in <c>fe80::1</c>.</summary>
    private static (string Host, int? Port) WithoutPort(string entry)
    {
        if (entry[0] == '[' && entry.IndexOf(']') is > 0 and int end)
        {
            string rest = entry.Substring(end + 1);
            string inside = entry.Substring(1, end - 1);
            return rest.Length > 1 && rest[0] == ':' && int.TryParse(rest.Substring(1), out int given)
                ? (inside, given)
                : (inside + rest, null);
        }

        int colon = entry.IndexOf(':');
        return colon > 0 && colon == entry.LastIndexOf(':') && int.TryParse(entry.Substring(colon + 1), out int port)
            ? (entry.Substring(0, colon), port)
            : (entry, null);
    }
}
