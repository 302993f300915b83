using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>The emulator of the built module, in a process of its own, which ends with this one.</summary>
internal sealed class SoakEmulator : IDisposable
{
    private readonly Process _process;

    private SoakEmulator(Process process, JsonNode told)
    {
        _process = process;
        Url = new Uri((string)told["url"]!);
        Control = new Uri((string)told["control"]!);
        Key = (string)told["keys"]!["personal"]!;
    }

    public Uri Url { get; }

    public Uri Control { get; }

    public string Key { get; }

    public static async Task<SoakEmulator> StartAsync()
    {
        string assembly = Path.Combine(Path.GetDirectoryName(PowerShellRun.Module)!, "emulator", "CBorg.Emulator.dll");
        Process process = Process.Start(
            new ProcessStartInfo("dotnet", [assembly, "--watch-stdin"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        string line =
            await process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
            ?? throw new InvalidOperationException("The emulator did not start.");
        return new SoakEmulator(process, JsonNode.Parse(line)!);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
