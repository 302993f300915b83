using System;
using System.Collections.Generic;
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
    /// <param name="Deployments">As they were told.</param>
    internal sealed record Snapshot(TimeSpan TakenAt, IReadOnlyList<ModelDeployment> Deployments)
    {
        /// <summary>The models, sorted by name. Made when they are asked for: an answer needs a deployment's prices
        /// only.</summary>
        public IReadOnlyList<Model> Models => field ??= ModelReading.Models(Deployments);

        /// <summary>Aliases may share an id; their prices are the same.</summary>
        /// <returns>Null when there is none of that id.</returns>
        public ModelDeployment? Find(string id)
        {
            foreach (ModelDeployment deployment in Deployments)
            {
                if (deployment.Id == id && id.Length > 0)
                {
                    return deployment;
                }
            }

            return null;
        }
    }
}
