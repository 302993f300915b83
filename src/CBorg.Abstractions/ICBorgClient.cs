using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg;

/// <summary>
/// A CBorg service. Every call retries what is worth it, keeps the proxy's limits, can be cancelled at any moment, and
/// throws one of the
/// <see cref="CBorgException"/> tree when it fails.
/// </summary>
public interface ICBorgClient
{
    /// <summary>Where it talks to, without secrets.</summary>
    ConnectionInfo Connection { get; }

    /// <summary>Asks a chat model.</summary>
    /// <param name="request">The question.</param>
    /// <param name="onDelta">Called for each piece in order and awaited (back-pressure). Null when nobody watches.</param>
    /// <param name="onEvent">Told of waits and retries, on any thread. Null when nobody listens.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<ChatResult> ChatAsync(
        ChatRequest request,
        Func<ChatDelta, Task>? onDelta,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    );

    /// <summary>The models that the key may use, sorted by name.</summary>
    /// <param name="refresh">Asks anew instead of taking the catalogue that this process already has.</param>
    /// <param name="onEvent">Told of waits and retries.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<IReadOnlyList<Model>> GetModelsAsync(bool refresh, Action<CallEvent>? onEvent, CancellationToken cancellationToken);

    /// <summary>The catalogue if this process has it already, else null; never talks to anyone.</summary>
    IReadOnlyList<Model>? CachedModels { get; }

    /// <summary>Turns texts into vectors, in batches, in order.</summary>
    /// <param name="request">The texts.</param>
    /// <param name="onEmbedding">Called for each text in order and awaited.</param>
    /// <param name="onEvent">Told of waits and retries.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task EmbedAsync(
        EmbeddingRequest request,
        Func<Embedding, Task> onEmbedding,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    );

    /// <summary>Cosine of two vectors of any length.</summary>
    /// <exception cref="CBorgRequestException">They differ in dimension or model.</exception>
    double Similarity(Embedding reference, Embedding other);

    /// <summary>How many calls for a model are worth having under way now, by what is known of its limits; those that do
    /// not fit wait for each other. Never talks to anyone; asked again as calls end.</summary>
    int ParallelCalls(string model);

    /// <summary>The limits in force for this connection: how high, how much of it is used, and how that is known.</summary>
    /// <param name="refresh">Asks the server for the key's and the user's limits anew.</param>
    /// <param name="onEvent">Told of waits and retries.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<IReadOnlyList<RateLimit>> GetRateLimitsAsync(
        bool refresh,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    );

    /// <summary>What the proxy knows of the key.</summary>
    Task<KeyInfo> GetKeyAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken);

    /// <summary>The personal budget, or the key's own for project keys.</summary>
    Task<SpendInfo> GetSpendAsync(Action<CallEvent>? onEvent, CancellationToken cancellationToken);

    /// <summary>Spend per day and model, both days included.</summary>
    Task GetDailySpendAsync(
        DateTime startDate,
        DateTime endDate,
        Func<DailySpend, Task> onDay,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    );

    /// <summary>What a question would cost.</summary>
    Task<CostEstimate> MeasureCostAsync(CostRequest request, Action<CallEvent>? onEvent, CancellationToken cancellationToken);

    /// <summary>Any other route, with the same key, retry and errors.</summary>
    Task<RestResponse> SendAsync(RestRequest request, Action<CallEvent>? onEvent, CancellationToken cancellationToken);

    /// <summary>Tries everything from name resolution to the budget, step by step.</summary>
    /// <param name="onCheck">Called after each step and awaited.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    Task TestAsync(Func<ConnectionCheck, Task> onCheck, CancellationToken cancellationToken);
}
