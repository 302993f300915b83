using System;
using System.Threading;
using CBorg;
using CBorg.Core;
using CBorg.Tour;

// The tour of examples/tour.ps1 for machines without PowerShell: the same calls, through the library below the module.
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    ICBorgClient client = CBorgClientFactory.Create(new ConnectionOptions
    {
        BaseUri = new Uri(Environment.GetEnvironmentVariable("CBORG_BASE_URL") is { Length: > 0 } address ? address : ConnectionOptions.DefaultBaseUri),
        ApiKey = () => Environment.GetEnvironmentVariable("CBORG_API_KEY"),
        KeySource = "$env:CBORG_API_KEY",
    });
    await new Walk(client, stop.Token).RunAsync();
    return 0;
}
catch (CBorgException e)
{
    Console.Error.WriteLine($"{e.Message} {e.Advice}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
