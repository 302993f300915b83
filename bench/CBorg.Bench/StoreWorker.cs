using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Store;

namespace CBorg.Bench;

/// <summary>A process of the store's bench: this program again. It says that it is there, waits for a line, updates, and
/// prints the milliseconds of the first update and of each of the others.</summary>
internal sealed class StoreWorker(Process process)
{
    public const string Word = "store-worker";
    public const string Store = "store";
    public const string File = "file";

    private const int ValueSize = 600;

    public static StoreWorker Start(string kind, string folder, int updates) =>
        new(
            Process.Start(
                new ProcessStartInfo(
                    "dotnet",
                    [typeof(StoreWorker).Assembly.Location, Word, kind, folder, updates.ToString(CultureInfo.InvariantCulture)]
                )
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!
        );

    /// <summary>The worker's own side.</summary>
    public static void Work(string[] arguments)
    {
        Action update = arguments[1] == Store ? Stored(arguments[2]) : Locked(arguments[2]);
        int updates = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        Console.WriteLine("ready");
        Console.ReadLine();
        Stopwatch watch = Stopwatch.StartNew();
        update();
        double first = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        for (int i = 0; i < updates; i++)
        {
            update();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {watch.Elapsed.TotalMilliseconds / updates}"));
    }

    public async Task ReadyAsync() => await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);

    public async Task<(double First, double Each)> GoAsync()
    {
        await process.StandardInput.WriteLineAsync("go").ConfigureAwait(false);
        string said =
            await process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
            ?? throw new InvalidOperationException("The worker said nothing.");
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
        double[] numbers = [.. said.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1]);
    }

    private static Action Stored(string folder)
    {
        ISharedCell cell = new SharedCells(folder).Cell("bench");
        return () => cell.Update(Next);
    }

    private static Action Locked(string folder)
    {
        string path = Path.Combine(folder, "value");
        return () =>
        {
            while (true)
            {
                try
                {
                    using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                    byte[] value = new byte[file.Length];
                    file.ReadExactly(value);
                    file.Position = 0;
                    file.Write(Next(value));
                    return;
                }
                catch (IOException)
                {
                    Thread.Yield();
                }
            }
        };
    }

    private static byte[] Next(byte[]? value)
    {
        byte[] next = new byte[ValueSize];
        BitConverter.TryWriteBytes(next, value is { Length: >= 8 } ? BitConverter.ToInt64(value) + 1 : 1);
        return next;
    }
}
