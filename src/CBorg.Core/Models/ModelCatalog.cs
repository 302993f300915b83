using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Models;

/// <summary>The proxy's models, asked for once and kept for the process.</summary>
internal sealed class ModelCatalog(JsonCaller caller, CatalogMemory memory, IClock clock)
{
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(60);

    private Refusal? _refusal;

    /// <summary>Whether it is at hand.</summary>
    public bool IsCached => memory.Latest is not null;

    public IReadOnlyList<Model>? Cached => memory.Latest?.Models;

    /// <exception cref="CBorgException">The proxy does not tell its models.</exception>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<IReadOnlyList<Model>> GetAsync(
        bool refresh,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    ) =>
        (
            await SnapshotAsync(refresh ? clock.Elapsed : TimeSpan.MinValue, TimeSpan.Zero, onEvent, cancellationToken)
                .ConfigureAwait(false)
        ).Models;

    /// <summary>Has the catalogue ready when somebody will need it. Never fails: whether it succeeds in time is nobody's
    /// trouble.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    public async Task WarmAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(TimeSpan.MinValue, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It is not needed any more.
        }
    }

    /// <summary>The deployment of an id, when the catalogue is at hand and has it; never asks.</summary>
    public ModelDeployment? Find(string id) => memory.Latest?.Find(id);

    /// <summary>
    /// The deployment of an id, from the catalogue, which is asked for anew when it is old and lacks the id. Null when the
    /// proxy shows no such deployment, or no catalogue: a key may be barred from it.
    /// </summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<ModelDeployment?> FindAsync(string id, CancellationToken cancellationToken)
    {
        CatalogMemory.Snapshot? snapshot = await TryAsync(TimeSpan.MinValue, cancellationToken).ConfigureAwait(false);
        if (snapshot is not null && snapshot.Find(id) is null && clock.Elapsed - snapshot.TakenAt > s_stale)
        {
            snapshot = await TryAsync(clock.Elapsed, cancellationToken).ConfigureAwait(false);
        }

        return snapshot?.Find(id);
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<CatalogMemory.Snapshot?> TryAsync(TimeSpan notBefore, CancellationToken cancellationToken)
    {
        try
        {
            return await SnapshotAsync(notBefore, s_stale, null, cancellationToken).ConfigureAwait(false);
        }
        catch (CBorgException)
        {
            return null;
        }
    }

    /// <param name="notBefore">A snapshot taken earlier is not good enough.</param>
    /// <param name="respite">A refusal no older than this is taken for an answer.</param>
    /// <param name="onEvent">Told of waits and retries.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<CatalogMemory.Snapshot> SnapshotAsync(
        TimeSpan notBefore,
        TimeSpan respite,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        if (Known(notBefore, respite) is { } known)
        {
            return known;
        }

        await memory.One.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Known(notBefore, respite) is { } meanwhile)
            {
                return meanwhile;
            }

            IReadOnlyList<ModelDeployment> deployments = await caller
                .GetAsync("/model/info", ModelReading.Deployments, onEvent, cancellationToken)
                .ConfigureAwait(false);
            CatalogMemory.Snapshot snapshot = new(clock.Elapsed, deployments);
            memory.Latest = snapshot;
            Volatile.Write(ref _refusal, null);
            return snapshot;
        }
        catch (CBorgException e) when (_refusal?.Failure != e)
        {
            Volatile.Write(ref _refusal, new Refusal(clock.Elapsed, e));
            throw;
        }
        finally
        {
            memory.One.Release();
        }
    }

    /// <exception cref="CBorgException">It was refused a short while ago.</exception>
    private CatalogMemory.Snapshot? Known(TimeSpan notBefore, TimeSpan respite) =>
        memory.Latest is { } snapshot && snapshot.TakenAt >= notBefore ? snapshot
        : Volatile.Read(ref _refusal) is { } refusal && clock.Elapsed - refusal.At < respite ? throw refusal.Failure
        : null;

    private sealed record Refusal(TimeSpan At, CBorgException Failure);
}
