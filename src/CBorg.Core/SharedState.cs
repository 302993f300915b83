using System;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Models;
using CBorg.Core.Resilience;

namespace CBorg.Core;

/// <summary>
/// What all clients of one service and key share within the process, by whatever address they reach it: the rate limiter and
/// the catalogue.
/// </summary>
internal sealed class SharedState(IClock clock, ILimitStore store, Action<Action>? post = null)
{
    private readonly CatalogMemory _catalog = new();

    public RateLimiter Limiter { get; } = new(clock, store, post);

    public ModelCatalog Catalog(JsonCaller caller) => new(caller, _catalog, clock);
}
