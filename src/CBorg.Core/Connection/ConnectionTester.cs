using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Models;
using CBorg.Core.Resilience;
using CBorg.Core.Spend;

namespace CBorg.Core.Connection;

/// <summary>Tries the way to an answer step by step, each once, so that the first that fails is the one to mend.</summary>
internal sealed class ConnectionTester(
    IEndpoint endpoint,
    HttpStack stack,
    JsonCaller caller,
    ModelCatalog catalog,
    SpendService spend,
    IClock clock
)
{
    public async Task TestAsync(Func<ConnectionCheck, Task> onCheck, CancellationToken cancellationToken)
    {
        Uri address = await ChooseAsync(onCheck, cancellationToken).ConfigureAwait(false);
        ProxyOnTheWay? proxy = ProxyOnTheWay.Find(address, stack);
        CheckRun run = new(new CheckAdvice(address, proxy), clock, onCheck, cancellationToken);
        string? broken = proxy is null
            ? await LineAsync(run, address).ConfigureAwait(false)
            : await SkipLineAsync(run, proxy).ConfigureAwait(false);

        HealthProbe health = new(caller, clock);
        broken = await run.StepAsync(CheckSteps.Service, broken, health.ServiceAsync).ConfigureAwait(false);

        AccountProbe account = new(caller, catalog, spend, clock);
        string? brokenKey = await run.StepAsync(CheckSteps.Key, broken, account.KeyAsync).ConfigureAwait(false);
        await run.StepAsync(CheckSteps.Models, brokenKey, account.ModelsAsync).ConfigureAwait(false);
        await run.StepAsync(CheckSteps.Budget, brokenKey, account.BudgetAsync).ConfigureAwait(false);
        await run.StepAsync(CheckSteps.Latency, broken, health.LatencyAsync).ConfigureAwait(false);
    }

    /// <summary>What was found out before may be the very thing that is wrong, so that it is found out anew.</summary>
    private async Task<Uri> ChooseAsync(Func<ConnectionCheck, Task> onCheck, CancellationToken cancellationToken)
    {
        if (endpoint is FixedEndpoint)
        {
            return endpoint.Current.Address;
        }

        endpoint.Doubt(endpoint.Current.Address);
        TimeSpan started = clock.Elapsed;
        EndpointChoice choice = await endpoint.ChooseAsync(cancellationToken).ConfigureAwait(false);
        await onCheck(
                new ConnectionCheck
                {
                    Step = CheckSteps.Endpoint,
                    Outcome = CheckOutcome.Passed,
                    Detail = $"{choice.Address.Authority} is used: {choice.Reason}",
                    Duration = clock.Elapsed - started,
                }
            )
            .ConfigureAwait(false);
        return choice.Address;
    }

    /// <summary>Name, connection and handshake by hand, so that each can be told apart.</summary>
    private async Task<string?> LineAsync(CheckRun run, Uri address)
    {
        using LineProbe line = new(address, clock);
        string? broken = await run.StepAsync(CheckSteps.NameResolution, null, line.ResolveAsync).ConfigureAwait(false);
        broken = await run.StepAsync(CheckSteps.Connect, broken, line.ConnectAsync).ConfigureAwait(false);
        return await run.StepAsync(CheckSteps.Tls, broken, line.HandshakeAsync).ConfigureAwait(false);
    }

    private static async Task<string?> SkipLineAsync(CheckRun run, ProxyOnTheWay proxy)
    {
        string detail = $"Left to the proxy {proxy.Address} ({proxy.Source}).";
        await run.SkipAsync(CheckSteps.NameResolution, detail).ConfigureAwait(false);
        await run.SkipAsync(CheckSteps.Connect, detail).ConfigureAwait(false);
        await run.SkipAsync(CheckSteps.Tls, detail).ConfigureAwait(false);
        return null;
    }
}
