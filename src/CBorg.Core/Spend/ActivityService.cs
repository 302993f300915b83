using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;

namespace CBorg.Core.Spend;

internal sealed class ActivityService(JsonCaller caller)
{
    public Task GetAsync(DateTime startDate, DateTime endDate, Func<DailySpend, Task> onDay, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{caller}");
}
