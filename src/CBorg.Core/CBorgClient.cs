using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Connection;
using CBorg.Core.Embeddings;
using CBorg.Core.Limits;

namespace CBorg.Core;

/// <summary>The client: a door to each service, nothing else.</summary>
internal sealed class CBorgClient(ClientServices services, ConnectionOptions options) : ICBorgClient
{
    public ConnectionInfo Connection => ConnectionInfos.Of(services.Endpoint, options);

    public IReadOnlyList<Model>? CachedModels => services.Catalog.Cached;

    public Task<ChatResult> ChatAsync(
        ChatRequest request,
        Func<ChatDelta, Task>? onDelta,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => services.Chat.AskAsync(request, onDelta, onEvent, cancellationToken);

    public Task<IReadOnlyList<Model>> GetModelsAsync(
        bool refresh,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => services.Catalog.GetAsync(refresh, onEvent, cancellationToken);

    public Task EmbedAsync(
        EmbeddingRequest request,
        Func<Embedding, Task> onEmbedding,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => services.Embeddings.EmbedAsync(request, onEmbedding, onEvent, cancellationToken);

    public int ParallelCalls(string model) => services.Limits.ParallelCalls(model, LimitSet.Of(options));

    public Task<IReadOnlyList<RateLimit>> GetRateLimitsAsync(
        bool refresh,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => services.Limits.ReportAsync(refresh, LimitSet.Of(options), services.Account, cancellationToken);

    public double Similarity(Embedding reference, Embedding other) => Cosine.Of(reference, other);

    public Task<KeyInfo> GetKeyAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        services.Spend.GetKeyAsync(onEvent, cancellationToken);

    public Task<SpendInfo> GetSpendAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        services.Spend.GetSpendAsync(onEvent, cancellationToken);

    public Task GetDailySpendAsync(
        DateTime startDate,
        DateTime endDate,
        Func<DailySpend, Task> onDay,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => services.Activity.GetAsync(startDate, endDate, onDay, onEvent, cancellationToken);

    public Task<CostEstimate> MeasureCostAsync(
        CostRequest request,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) => services.CostMeter.MeasureAsync(request, onEvent, cancellationToken);

    public Task<RestResponse> SendAsync(RestRequest request, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        services.Rest.SendAsync(request, onEvent, cancellationToken);

    public Task TestAsync(Func<ConnectionCheck, Task> onCheck, CancellationToken cancellationToken) =>
        services.Tester.TestAsync(onCheck, cancellationToken);
}
