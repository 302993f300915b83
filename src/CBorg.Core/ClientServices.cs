using System;
using CBorg.Core.Chat;
using CBorg.Core.Connection;
using CBorg.Core.Cost;
using CBorg.Core.Embeddings;
using CBorg.Core.Http;
using CBorg.Core.Models;
using CBorg.Core.Resilience;
using CBorg.Core.Spend;

namespace CBorg.Core;

/// <summary>Puts the parts of a client together.</summary>
internal sealed class ClientServices
{
    public ClientServices(ConnectionOptions options, SharedState shared, IClock clock, RetryPolicy policy)
    {
        BaseAddress = Http.BaseAddress.Normalize(options.BaseUri);
        Transport transport = new(BaseAddress, options, clock);
        CallRunner runner = new(transport, shared.Limiter, policy, clock, options, shared.Service);
        JsonCaller caller = new(runner);
        Catalog = shared.Catalog(caller);
        Chat = new ChatService(runner, Catalog, clock);
        Embeddings = new EmbeddingService(runner);
        Spend = new SpendService(caller, clock);
        Activity = new ActivityService(caller, Spend);
        CostMeter = new CostMeter(caller, Catalog);
        Rest = new RestService(runner);
        Tester = new ConnectionTester(BaseAddress, options, transport, caller, Catalog, Spend, clock);
    }

    public Uri BaseAddress { get; }

    public ModelCatalog Catalog { get; }

    public ChatService Chat { get; }

    public EmbeddingService Embeddings { get; }

    public SpendService Spend { get; }

    public ActivityService Activity { get; }

    public CostMeter CostMeter { get; }

    public RestService Rest { get; }

    public ConnectionTester Tester { get; }
}
