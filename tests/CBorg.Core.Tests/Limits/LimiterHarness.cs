using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Limits;

/// <summary>A limiter with a clock of its own.</summary>
internal sealed class LimiterHarness
{
    public LimiterHarness()
    {
        Limiter = new CallLimiter(Clock);
    }

    public FakeClock Clock { get; } = new();

    public CallLimiter Limiter { get; }

    public Task<CallLease> Acquire(string model = "gpt", long tokens = 0, CancellationToken cancellationToken = default, Action<CallEvent>? onEvent = null) =>
        Limiter.AcquireAsync(new Outgoing { Model = model, EstimatedTokens = tokens }, onEvent, cancellationToken);

    public LimiterHarness Learn(params string[] headers)
    {
        Limiter.Learn("gpt", Given.Headers(headers));
        return this;
    }

    public void Reject(string model, ErrorKind kind, string message) => Limiter.Learn(model, Given.Failure(kind, message: message));

    /// <summary>That many calls at once, of which those are returned that got in.</summary>
    public async Task<(List<CallLease> In, List<Task<CallLease>> Waiting)> Burst(int count, string model = "gpt", long tokens = 0)
    {
        List<CallLease> admitted = [];
        List<Task<CallLease>> waiting = [];
        for (int i = 0; i < count; i++)
        {
            Task<CallLease> call = Acquire(model, tokens);
            if (call.IsCompleted)
            {
                admitted.Add(await call.ConfigureAwait(false));
            }
            else
            {
                waiting.Add(call);
            }
        }

        return (admitted, waiting);
    }
}
