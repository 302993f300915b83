using System;
using CBorg.Core.Chat;
using CBorg.Core.Connection;
using CBorg.Core.Cost;
using CBorg.Core.Embeddings;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Models;
using CBorg.Core.Resilience;
using CBorg.Core.Spend;

namespace CBorg.Core;

/// <summary>Puts the parts of a client together.</summary>
internal sealed class ClientServices
{
    public ClientServices(
        ConnectionOptions options,
        IEndpoint endpoint,
        HttpStack stack,
        SharedState shared,
        ServiceState service,
        IClock clock,
        RetryPolicy policy
    )
    {
        Endpoint = endpoint;
        Transport transport = new(endpoint, stack, options, clock);
        CallRunner runner = new(transport, shared.Limiter, policy, clock, options, service);
        JsonCaller caller = new(runner);
        Limits = shared.Limiter;
        Account = new AccountLimitsClient(caller);
        runner.Account = Account;
        Catalog = shared.Catalog(caller);
        Chat = new ChatService(runner, Limits, Catalog, clock);
        Embeddings = new EmbeddingService(runner, Catalog);
        Spend = new SpendService(caller, clock);
        Activity = new ActivityService(caller, Spend);
        CostMeter = new CostMeter(caller, Catalog);
        Rest = new RestService(runner);
        Tester = new ConnectionTester(endpoint, stack, caller, Catalog, Spend, clock);
    }

    public IEndpoint Endpoint { get; }

    public RateLimiter Limits { get; }

    public AccountLimitsClient Account { get; }

    public ModelCatalog Catalog { get; }

    public ChatService Chat { get; }

    public EmbeddingService Embeddings { get; }

    public SpendService Spend { get; }

    public ActivityService Activity { get; }

    public CostMeter CostMeter { get; }

    public RestService Rest { get; }

    public ConnectionTester Tester { get; }
}
