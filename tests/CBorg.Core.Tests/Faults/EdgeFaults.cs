using System.Collections.Generic;
using static CBorg.Core.Tests.Faults.Right;

namespace CBorg.Core.Tests.Faults;

/// <summary>What a gateway or a web server before the proxy says, in each of the forms that it has for it.</summary>
internal static class EdgeFaults
{
    public static IReadOnlyList<FaultRow> Rows { get; } =
    [
        new("status:403:body=cloudflare-html:code=1010", Fails(ErrorKind.EdgeBlocked)),
        new("status:403:body=cloudflare-json:code=1020:retryable=false", Fails(ErrorKind.EdgeBlocked)),
        new("status:403:body=cloudflare-text:code=1010", Fails(ErrorKind.EdgeBlocked)),
        new("status:429:body=cloudflare-json:code=1015:retry-after=2", Again(ErrorKind.EdgeLimit)),
        new("status:429:body=cloudflare-text:code=1015", Again(ErrorKind.EdgeLimit)),
        new("status:502:body=cloudflare-text", Again(ErrorKind.EdgeFault)),
        new("status:502:body=cloudflare-json:retryable=false", Fails(ErrorKind.EdgeFault)),
        new("status:502:body=nginx-html", Again(ErrorKind.ProxyFault)),
        new("status:503:body=nginx-html", Again(ErrorKind.ProxyFault)),
        new("status:504:body=empty", Again(ErrorKind.ProviderTimeout)),
        new("status:520:body=cloudflare-html", Again(ErrorKind.EdgeFault)),
        new("status:521:body=cloudflare-json", Again(ErrorKind.EdgeFault)),
        new("status:522:body=cloudflare-html", Again(ErrorKind.EdgeFault)),
        new("status:523:body=cloudflare-text", Again(ErrorKind.EdgeFault)),
        new("status:524:body=cloudflare-json:retry-after=120", Again(ErrorKind.EdgeFault)),
        new("status:525:body=cloudflare-json", Fails(ErrorKind.TlsFailed)),
        new("status:526:body=cloudflare-html", Fails(ErrorKind.TlsFailed)),
    ];
}
