using System;
using CBorg.Errors;
using CBorg.Module;

namespace CBorg.Pipeline;

/// <summary>A cmdlet that talks to the service.</summary>
public abstract class ServiceCmdlet : AsyncCmdlet
{
    /// <summary>The client of this runspace's connection.</summary>
    internal ICBorgClient Client { get; private set; } = null!;

    /// <summary>The model of the connection, of $env:CBORG_MODEL, or the given one.</summary>
    internal string ModelOr(string? asked, string fallback) =>
        FirstGiven(asked, Client.Connection.DefaultModel, Environment.GetEnvironmentVariable("CBORG_MODEL"), fallback);

    /// <summary>Seconds of a -TimeoutSec parameter; null when it was not given.</summary>
    internal static TimeSpan? Seconds(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            Client = ConnectionState.Current.Client;
        }
        catch (CBorgException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
        }
    }

    private static string FirstGiven(params string?[] names) => Array.Find(names, name => !string.IsNullOrEmpty(name)) ?? "";
}
