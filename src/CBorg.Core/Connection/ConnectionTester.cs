using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Models;
using CBorg.Core.Resilience;
using CBorg.Core.Spend;

namespace CBorg.Core.Connection;

internal sealed class ConnectionTester(Uri baseAddress, ConnectionOptions options, Transport transport, JsonCaller caller, ModelCatalog catalog, SpendService spend, IClock clock)
{
    public Task TestAsync(Func<ConnectionCheck, Task> onCheck, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{baseAddress}{options}{transport}{caller}{catalog}{spend}{clock}");
}
