using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Store;

/// <summary>Another process at the same store: this assembly as a program (see <see cref="Program"/>).</summary>
internal sealed class StoreProcess : IDisposable
{
    private readonly Process _process;

    public StoreProcess(string word, string folder, int times = 0)
    {
        _process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [typeof(StoreProcess).Assembly.Location, word, folder, times.ToString(CultureInfo.InvariantCulture)]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    /// <summary>What it says next; null when it has ended.</summary>
    public Task<string?> LineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));

    public void Go() => _process.StandardInput.WriteLine("go");

    /// <summary>SIGKILL, at once and without a last word.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().Soon();
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
