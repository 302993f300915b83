namespace CBorg.Emulator.Faults;

/// <summary>What an error's body tells, whatever its form.</summary>
internal sealed record ErrorFacts(int Status, string? GivenMessage, string? Type)
{
    private const int FirstOfEdgeOnly = 520;

    /// <summary>Cloudflare's own number: 1015, 524 ...</summary>
    public int EdgeCode { get; init; } = Status;

    public int? RetryAfter { get; init; }

    public bool IsRetryable { get; init; } = Status is 408 or 429 or (>= 500 and < 525) or 529;

    public string Message => GivenMessage ?? $"{Title}.";

    public string Title => EdgeCode switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        408 => "Request Timeout",
        413 => "Request Entity Too Large",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Time-out",
        520 => "Web server is returning an unknown error",
        521 => "Web server is down",
        522 => "Connection timed out",
        523 => "Origin is unreachable",
        524 => "A timeout occurred",
        525 => "SSL handshake failed",
        526 => "Invalid SSL certificate",
        529 => "Site is overloaded",
        1006 or 1007 or 1008 => "Access denied",
        1010 => "Browser signature banned",
        1015 => "Rate limited",
        1020 => "Access denied",
        _ => $"Error {EdgeCode}",
    };

    public string EdgeCategory => EdgeCode switch
    {
        1015 or 1025 or 1027 or 1200 => "rate_limit",
        > 1000 => "access_denied",
        525 or 526 => "ssl",
        502 or 504 or >= FirstOfEdgeOnly => "origin",
        _ => "cloudflare",
    };
}
