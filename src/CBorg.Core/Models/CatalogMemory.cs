using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace CBorg.Core.Models;

/// <summary>
/// The catalogue as last fetched: shared by all clients of a service and key, each of which fetches it on its own way.
/// </summary>
internal sealed class CatalogMemory
{
    private Snapshot? _snapshot;

    /// <summary>Held by whoever fetches.</summary>
    public SemaphoreSlim One { get; } = new(1, 1);

    /// <summary>Null when it has not been fetched yet.</summary>
    public Snapshot? Latest
    {
        get => Volatile.Read(ref _snapshot);
        set => Volatile.Write(ref _snapshot, value);
    }

    /// <param name="TakenAt">When, by the clock's monotonic time.</param>
    /// <param name="Models">The models, sorted by name.</param>
    /// <param name="ById">The deployments by their ids.</param>
    internal sealed record Snapshot(TimeSpan TakenAt, IReadOnlyList<Model> Models, Dictionary<string, ModelDeployment> ById)
    {
        public static Snapshot Of(TimeSpan takenAt, IReadOnlyList<ModelDeployment> deployments) =>
            new(takenAt, ModelReading.Models(deployments), Index(deployments));

        /// <summary>Aliases may share an id; their prices are the same.</summary>
        private static Dictionary<string, ModelDeployment> Index(IEnumerable<ModelDeployment> deployments) => deployments
            .Where(deployment => deployment.Id.Length > 0)
            .GroupBy(deployment => deployment.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }
}
