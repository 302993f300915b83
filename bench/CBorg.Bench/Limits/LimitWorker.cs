using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core;

namespace CBorg.Bench.Limits;

/// <summary>One of several processes with one key: this program again. It says that it is there, waits for a line, calls
/// for some seconds, and prints how many calls it got done and how many failed.</summary>
internal sealed class LimitWorker(Process process)
{
    public const string Word = "limit-worker";

    private const int Endless = 1_000_000;

    /// <param name="address">The emulator's.</param>
    /// <param name="key">The key.</param>
    /// <param name="home">The folder of the books that all share.</param>
    /// <param name="seconds">How long.</param>
    public static LimitWorker Start(Uri address, string key, string home, double seconds)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [typeof(LimitWorker).Assembly.Location, Word, address.ToString(), seconds.ToString(CultureInfo.InvariantCulture)]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["CBORG_HOME"] = home;
        start.Environment["CBORG_API_KEY"] = key;
        return new LimitWorker(Process.Start(start)!);
    }

    /// <summary>The worker's own side.</summary>
    public static async Task WorkAsync(string[] arguments)
    {
        ConnectionOptions options = new()
        {
            BaseUri = new Uri(arguments[1]),
            ApiKey = () => Environment.GetEnvironmentVariable("CBORG_API_KEY"),
        };
        ChatRequest request = new()
        {
            Model = LimitCatalog.Model,
            Messages = [new ChatMessage(ChatRole.User, "What letter comes after A?")],
        };
        Callers callers = new(CBorgClientFactory.Create(options), request, Endless);
        Console.WriteLine("ready");
        Console.ReadLine();
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(double.Parse(arguments[2], CultureInfo.InvariantCulture)));
        await callers.RunAsync(stop.Token).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{callers.Done} {callers.FailedInAll}"));
    }

    public async Task ReadyAsync() => await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);

    public async Task<(int Done, int Failed)> GoAsync()
    {
        await process.StandardInput.WriteLineAsync("go").ConfigureAwait(false);
        string said =
            await process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
            ?? throw new InvalidOperationException("The worker said nothing.");
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
        string[] numbers = said.Split(' ');
        return (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
    }
}
