using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Faults;

/// <summary>When to come back, in each of the forms that servers use. "none" takes the usual header away.</summary>
internal sealed class RetryHints(FaultArguments arguments)
{
    private static readonly string[] s_headers = ["retry-after", "retry-after-ms", "llm_provider-retry-after"];

    /// <summary>Seconds that only the message tells.</summary>
    public string? InText => arguments.Text("retry-after-text");

    public bool AreGiven => arguments.Has("retry-after-date") || Array.Exists(s_headers, arguments.Has) || InText is not null;

    /// <summary>Sets the headers asked for, or the usual retry-after when nothing was asked for.</summary>
    public void Apply(HttpResponse response, string? usual = null)
    {
        foreach (var name in s_headers)
        {
            if (arguments.Text(name) is { } value && value != "none")
            {
                response.Headers[name] = value;
            }
        }

        if (arguments.Has("retry-after-date"))
        {
            response.Headers.RetryAfter = DateTimeOffset
                .UtcNow.AddSeconds(arguments.Whole("retry-after-date", 0))
                .ToString("R", CultureInfo.InvariantCulture);
        }

        if (!AreGiven && usual is not null)
        {
            response.Headers.RetryAfter = usual;
        }
    }
}
