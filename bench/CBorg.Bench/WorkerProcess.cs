using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>A process of bench/CBorg.Worker with a module's core in it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    public WorkerProcess(string module, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "worker", "CBorg.Worker.dll"), module, .. arguments]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    /// <summary>All that it prints, line by line.</summary>
    public static async Task<string[]> LinesAsync(
        string module,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        using WorkerProcess worker = new(module, arguments, environment);
        string output = await worker._process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await worker._process.WaitForExitAsync().ConfigureAwait(false);
        return worker._process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"The worker failed: {output}");
    }

    /// <summary>The number that stands behind a name.</summary>
    public static double Number(string[] lines, string name) =>
        double.Parse(
            lines.First(line => line.StartsWith(name + " ", StringComparison.Ordinal)).AsSpan(name.Length + 1),
            CultureInfo.InvariantCulture
        );

    /// <summary>One more round: milliseconds a call, and bytes allocated for it.</summary>
    public async Task<(double Milliseconds, double Bytes)> RoundAsync()
    {
        await _process.StandardInput.WriteLineAsync("go").ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
        string[] numbers = (
            await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
            ?? throw new InvalidOperationException("The worker ended.")
        ).Split(' ');
        return (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
