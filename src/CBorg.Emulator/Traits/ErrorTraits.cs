namespace CBorg.Emulator.Traits;

internal sealed record ErrorTraits
{
    /// <summary>error.type is derived from the status; before that it is null or "None".</summary>
    public bool TypeFollowsStatus { get; init; }

    /// <summary>What a provider's 404 is called.</summary>
    public required string FailedLookup { get; init; }

    /// <summary>What a provider's 403 is called.</summary>
    public required string Forbidden { get; init; }

    /// <summary>What a provider's 502 is called.</summary>
    public required string BadGateway { get; init; }

    /// <summary>A provider's 413 becomes a 429.</summary>
    public bool TooLargeIsRateLimit { get; init; }

    /// <summary>What a provider's 422 becomes.</summary>
    public required int UnprocessableStatus { get; init; }

    public bool UnprocessableHasProviderHeaders { get; init; }

    /// <summary>Errors of hosted_vllm keep the provider's JSON instead of its message.</summary>
    public bool HostedErrorsKeepBody { get; init; }

    /// <summary>Bodies that are not JSON are repeated; before that only their status is told.</summary>
    public bool KeepsForeignBodies { get; init; }

    public bool KnowsContentPolicy { get; init; }

    /// <summary>A missing parameter is a 400 that names it; before that Python's TypeError.</summary>
    public bool NamesMissingParameter { get; init; }

    /// <summary>An AttributeError is a 400 "Invalid request format".</summary>
    public bool NamesBrokenFormat { get; init; }

    /// <summary>"No deployments available" has a retry-after.</summary>
    public bool RestingHasRetryAfter { get; init; }
}
