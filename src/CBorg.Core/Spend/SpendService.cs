using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Spend;

internal sealed class SpendService(JsonCaller caller, IClock clock)
{
    public Task<KeyInfo> GetKeyAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken) => throw new NotSupportedException($"{caller}{clock}");

    public Task<SpendInfo> GetSpendAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken) => throw new NotSupportedException();
}
