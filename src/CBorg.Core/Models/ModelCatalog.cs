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

    public IReadOnlyList<Model>? Cached => Volatile.Read(ref _snapshot)?.Models;

    public async Task<IReadOnlyList<Model>> GetAsync(bool refresh, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        (await SnapshotAsync(refresh ? clock.Elapsed : TimeSpan.MinValue, onEvent, cancellationToken).ConfigureAwait(false)).Models;

    /// <summary>The deployment of an id, from the catalogue, which is asked for anew when it is old and lacks the id. Null when the proxy shows no such deployment.</summary>
    public async Task<ModelDeployment?> FindAsync(string id, CancellationToken cancellationToken)
    {
        Snapshot snapshot = await SnapshotAsync(TimeSpan.MinValue, null, cancellationToken).ConfigureAwait(false);
        if (!snapshot.ById.TryGetValue(id, out ModelDeployment? deployment) && clock.Elapsed - snapshot.TakenAt > s_stale)
        {
            snapshot = await SnapshotAsync(clock.Elapsed, null, cancellationToken).ConfigureAwait(false);
            snapshot.ById.TryGetValue(id, out deployment);
        }

        return deployment;
    }

    /// <param name="notBefore">A snapshot taken earlier is not good enough.</param>
    /// <param name="onEvent">Told of waits and retries.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    private async Task<Snapshot> SnapshotAsync(TimeSpan notBefore, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _snapshot) is { } known && known.TakenAt >= notBefore)
        {
            return known;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_snapshot is { } meanwhile && meanwhile.TakenAt >= notBefore)
            {
                return meanwhile;
            }

            IReadOnlyList<ModelDeployment> deployments = await caller.GetAsync("/model/info", ModelReading.Deployments, onEvent, cancellationToken).ConfigureAwait(false);
            Snapshot snapshot = new(clock.Elapsed, ModelReading.Models(deployments), ById(deployments));
            Volatile.Write(ref _snapshot, snapshot);
            return snapshot;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Aliases may share an id; their prices are the same.</summary>
    private static Dictionary<string, ModelDeployment> ById(IEnumerable<ModelDeployment> deployments) =>
        deployments.Where(deployment => deployment.Id.Length > 0).GroupBy(deployment => deployment.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private sealed record Snapshot(TimeSpan TakenAt, IReadOnlyList<Model> Models, Dictionary<string, ModelDeployment> ById);
}
