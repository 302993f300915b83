using System.Collections.Generic;
using static CBorg.Core.Tests.Service.ProtocolError;

namespace CBorg.Core.Tests.Service;

/// <summary>What Cloudflare says in place of the proxy.</summary>
internal static class ProtocolEdgeErrors
{
    public static IReadOnlyList<ProtocolError> All { get; } =
    [
        Json("rate", 429, 1015, ErrorKind.EdgeLimit, true, 30),
        Json("rate, its own word", 429, 1015, ErrorKind.EdgeLimit, true, 45) with
        {
            Headers = ["cf-ray: 9", "retry-after: 45"],
        },
        Json("requests of a plan", 429, 1027, ErrorKind.EdgeLimit, false, null, false),
        Json("cache connection", 429, 1200, ErrorKind.EdgeLimit, true, 60),
        Json("agent", 403, 1010, ErrorKind.EdgeBlocked, false, null, false),
        Json("firewall", 403, 1020, ErrorKind.EdgeBlocked, false, null, false),
        Json("country", 403, 1009, ErrorKind.EdgeBlocked, false, null, false),
        Json("not resolved yet", 409, 1004, ErrorKind.EdgeBlocked, true, 120),
        Json("tunnel", 530, 1033, ErrorKind.EdgeFault, true, 120),
        Json("edge itself", 500, 500, ErrorKind.EdgeFault, true, 30),
        Json("bad gateway", 502, 502, ErrorKind.EdgeFault, true, 60),
        Json("gateway timeout", 504, 504, ErrorKind.EdgeFault, true, 120),
        Json("unknown error", 520, 520, ErrorKind.EdgeFault, true, 60),
        Json("origin down", 521, 521, ErrorKind.EdgeFault, true, 120),
        Json("origin not reached", 522, 522, ErrorKind.EdgeFault, true, 120),
        Json("origin unreachable", 523, 523, ErrorKind.EdgeFault, true, 120),
        Json("origin silent", 524, 524, ErrorKind.EdgeFault, true, 120),
        Json("handshake", 525, 525, ErrorKind.TlsFailed, false, null, false) with
        {
            Fault = Fault.Network,
        },
        Json("certificate", 526, 526, ErrorKind.TlsFailed, false, null, false) with
        {
            Fault = Fault.Network,
        },
        Text("agent, text", 403, "error code: 1010", ErrorKind.EdgeBlocked, false),
        Text("rate, text", 429, "error code: 1015", ErrorKind.EdgeLimit, true, 30) with
        {
            Headers = ["cf-ray: 9", "retry-after: 30"],
        },
        Text("bad gateway, text", 502, "error code: 502", ErrorKind.EdgeFault, true),
        Text("gateway timeout, text", 504, "error code: 504", ErrorKind.EdgeFault, true),
        Text("tunnel, text", 530, "error code: 1033", ErrorKind.EdgeFault, true),
        Text("railgun, empty", 527, "", ErrorKind.EdgeFault, true),
        Text("origin down, empty", 521, "", ErrorKind.EdgeFault, true),
        Page(
            "firewall, page",
            403,
            "<html><title>Access denied | api.cborg.lbl.gov used Cloudflare to restrict access</title>Error 1020</html>",
            ErrorKind.EdgeBlocked,
            false
        ),
        Page(
            "origin silent, page",
            524,
            "<html><title>api.cborg.lbl.gov | 524: A timeout occurred</title>Cloudflare Error code 524</html>",
            ErrorKind.EdgeFault,
            true
        ),
        Page(
            "barred address, a page of the zone's own",
            403,
            "<html><body>You are not on the list of networks that may use this service.</body></html>",
            ErrorKind.EdgeBlocked,
            false
        ),
        Page("challenge", 403, "<html><title>Just a moment...</title></html>", ErrorKind.EdgeBlocked, false) with
        {
            Headers = ["cf-ray: 9", "cf-mitigated: challenge"],
        },
    ];

    private static ProtocolError Json(
        string name,
        int status,
        int code,
        ErrorKind kind,
        bool retried,
        int? wait,
        bool? retryable = true
    ) =>
        new(name, status, Edge(code, $"Error {code}: {name}", retryable, wait), kind, Fault.Edge, retried, wait)
        {
            Headers = ["cf-ray: 9", "server: cloudflare"],
        };

    private static ProtocolError Text(string name, int status, string body, ErrorKind kind, bool retried, double? wait = null) =>
        new(name, status, body, kind, Fault.Edge, retried, wait)
        {
            ContentType = "text/plain; charset=UTF-8",
            Headers = ["cf-ray: 9", "server: cloudflare"],
        };

    private static ProtocolError Page(string name, int status, string body, ErrorKind kind, bool retried) =>
        Text(name, status, body, kind, retried) with
        {
            ContentType = "text/html; charset=UTF-8",
        };
}
