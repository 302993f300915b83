using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Models;

/// <summary>The proxy's models, asked for once and kept for the process.</summary>
internal sealed class ModelCatalog(JsonCaller caller, IClock clock)
{
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1, 1);
    private Snapshot? _snapshot;
    private Refusal? _refusal;

    public IReadOnlyList<Model>? Cached => Volatile.Read(ref _snapshot)?.Models;

    /// <exception cref="CBorgException">The proxy does not tell its models.</exception>
    public async Task<IReadOnlyList<Model>> GetAsync(bool refresh, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        (await SnapshotAsync(refresh ? clock.Elapsed : TimeSpan.MinValue, TimeSpan.Zero, onEvent, cancellationToken).ConfigureAwait(false)).Models;

    /// <summary>Has the catalogue ready when somebody will need it; whether that succeeds is nobody's trouble.</summary>
    public Task WarmAsync(CancellationToken cancellationToken) => TryAsync(TimeSpan.MinValue, cancellationToken);

    /// <summary>The deployment of an id, when the catalogue is at hand and has it; never asks.</summary>
    public ModelDeployment? Find(string id) => Volatile.Read(ref _snapshot) is { } snapshot && snapshot.ById.TryGetValue(id, out ModelDeployment? deployment) ? deployment : null;

    /// <summary>
    /// The deployment of an id, from the catalogue, which is asked for anew when it is old and lacks the id. Null when the proxy shows no such deployment, or no catalogue:
    /// a key may be barred from it.
    /// </summary>
    public async Task<ModelDeployment?> FindAsync(string id, CancellationToken cancellationToken)
    {
        Snapshot? snapshot = await TryAsync(TimeSpan.MinValue, cancellationToken).ConfigureAwait(false);
        if (snapshot is not null && !snapshot.ById.ContainsKey(id) && clock.Elapsed - snapshot.TakenAt > s_stale)
        {
            snapshot = await TryAsync(clock.Elapsed, cancellationToken).ConfigureAwait(false);
        }

        return snapshot is not null && snapshot.ById.TryGetValue(id, out ModelDeployment? deployment) ? deployment : null;
    }

    private async Task<Snapshot?> TryAsync(TimeSpan notBefore, CancellationToken cancellationToken)
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
    private async Task<Snapshot> SnapshotAsync(TimeSpan notBefore, TimeSpan respite, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        if (Known(notBefore, respite) is { } known)
        {
            return known;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Known(notBefore, respite) is { } meanwhile)
            {
                return meanwhile;
            }

            IReadOnlyList<ModelDeployment> deployments = await caller.GetAsync("/model/info", ModelReading.Deployments, onEvent, cancellationToken).ConfigureAwait(false);
            Snapshot snapshot = new(clock.Elapsed, ModelReading.Models(deployments), ById(deployments));
            Volatile.Write(ref _snapshot, snapshot);
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
            _one.Release();
        }
    }

    /// <exception cref="CBorgException">It was refused a short while ago.</exception>
    private Snapshot? Known(TimeSpan notBefore, TimeSpan respite) =>
        Volatile.Read(ref _snapshot) is { } snapshot && snapshot.TakenAt >= notBefore ? snapshot
        : Volatile.Read(ref _refusal) is { } refusal && clock.Elapsed - refusal.At < respite ? throw refusal.Failure
        : null;

    /// <summary>Aliases may share an id; their prices are the same.</summary>
    private static Dictionary<string, ModelDeployment> ById(IEnumerable<ModelDeployment> deployments) =>
        deployments.Where(deployment => deployment.Id.Length > 0).GroupBy(deployment => deployment.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private sealed record Snapshot(TimeSpan TakenAt, IReadOnlyList<Model> Models, Dictionary<string, ModelDeployment> ById);

    private sealed record Refusal(TimeSpan At, CBorgException Failure);
}
