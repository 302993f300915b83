using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Models;

namespace CBorg.Core.Cost;

internal sealed class CostMeter(JsonCaller caller, ModelCatalog catalog)
{
    public Task<CostEstimate> MeasureAsync(CostRequest request, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{caller}{catalog}");
}
