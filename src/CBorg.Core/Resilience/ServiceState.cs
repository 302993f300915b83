namespace CBorg.Core.Resilience;

/// <summary>What this process knows of the state of one endpoint, whichever key asks.</summary>
internal sealed class ServiceState(IClock clock)
{
    private volatile string? _version;

    public CircuitBreaker Breaker { get; } = new(clock);

    public GiveUpSignal GiveUp { get; } = new(clock);

    /// <summary>The proxy's version, as its last reply told it; null before that.</summary>
    public string? Version => _version;

    public void Saw(string? version) => _version = version ?? _version;
}
