using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Limits;

/// <summary>A limiter with a clock of its own.</summary>
internal sealed class LimiterHarness
{
    /// <param name="knows">Whether the first reply has been heard already; until then one call goes alone.</param>
    public LimiterHarness(bool knows = true)
    {
        Limiter = new RateLimiter(Clock, Store);
        Store.Update(state => state.Known = knows);
        Store.Update(state => state.GaveBack = true);
        foreach (string model in new[] { "gpt", "other", "lbl/mini" })
        {
            Store.Update(state => state.Pace(model).Adaptive!.Size = AdaptiveConcurrency.Largest);
        }
    }

    public FakeClock Clock { get; } = new();

    public PrivateStore Store { get; } = new();

    public RateLimiter Limiter { get; }

    public TimeSpan Now => Clock.UtcNow - DateTimeOffset.UnixEpoch;

    /// <param name="model">The model.</param>
    /// <param name="tokens">Asked for, with a prompt of nothing.</param>
    /// <param name="cancellationToken">The caller's stop.</param>
    /// <param name="onEvent">Who listens.</param>
    public Task<RateLimitLease> Acquire(
        string model = "gpt",
        long tokens = 0,
        CancellationToken cancellationToken = default,
        Action<CallEvent>? onEvent = null
    ) => Limiter.AcquireAsync(new PermitRequest(model, new TokenEstimate(0, tokens), LimitSet.None), onEvent, cancellationToken);

    public LimiterHarness Learn(params string[] headers)
    {
        Limiter.Change((state, _) => new ReplyUpdate(state, Given.Headers(headers), Now).Take(null, "gpt", success: true));
        return this;
    }

    /// <summary>A call that is rejected.</summary>
    public async Task Reject(string model, ErrorKind kind, string message)
    {
        using RateLimitLease lease = await Acquire(model).Soon();
        lease.Failed(Given.Failure(kind, message: message));
    }

    /// <summary>That many calls at once, of which those are returned that got in.</summary>
    public async Task<(List<RateLimitLease> In, List<Task<RateLimitLease>> Waiting)> Burst(
        int count,
        string model = "gpt",
        long tokens = 0
    )
    {
        List<RateLimitLease> admitted = [];
        List<Task<RateLimitLease>> waiting = [];
        for (int i = 0; i < count; i++)
        {
            Task<RateLimitLease> call = Acquire(model, tokens);
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
