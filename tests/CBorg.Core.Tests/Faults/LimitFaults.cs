using System.Collections.Generic;
using static CBorg.Core.Tests.Faults.Right;

namespace CBorg.Core.Tests.Faults;

/// <summary>Limits pass, and what the proxy's own limiter rejects waits in the queue; a budget does not pass, whatever its
/// status.</summary>
internal static class LimitFaults
{
    public static IReadOnlyList<FaultRow> Rows { get; } =
    [
        new("limit:requests", Queue(ErrorKind.RequestLimit)) { Info = Again(ErrorKind.RequestLimit) },
        new("limit:tokens", Queue(ErrorKind.TokenLimit)) { Info = Again(ErrorKind.TokenLimit) },
        new("limit:max_parallel_requests", Queue(ErrorKind.ParallelLimit)) { Info = Again(ErrorKind.ParallelLimit) },
        new("limit:old", Queue(ErrorKind.ParallelLimit)) { Info = Again(ErrorKind.ParallelLimit) },
        new("limit:provider", Again(ErrorKind.ProviderLimit)),
        new("limit:provider:retry-after-text=2", Again(ErrorKind.ProviderLimit)),
        new("limit:cooldown", Again(ErrorKind.Resting)),
        new("limit:cloudflare", Again(ErrorKind.EdgeLimit)),
        new("limit:cloudflare:body=cloudflare-html", Again(ErrorKind.EdgeLimit)),
        new("limit:quota", Fails(ErrorKind.ProviderQuota)),
        new("limit:budget", Fails(ErrorKind.Budget)) { Spend = Answer },
        new("limit:budget:status=400", Fails(ErrorKind.Budget)) { Spend = Answer },
        new("limit:free-budget", Fails(ErrorKind.Budget)),
        new("limit:free-budget:retry-after=1:header.x-should-retry=true", Fails(ErrorKind.Budget)),
    ];
}
