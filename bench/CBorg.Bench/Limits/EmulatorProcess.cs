using System;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator;

namespace CBorg.Bench.Limits;

/// <summary>An emulator in a process of its own, by the machine's clock.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private readonly Process _process;
    private readonly JsonNode _said;

    private EmulatorProcess(Process process, JsonNode said) => (_process, _said) = (process, said);

    /// <summary>The base address, without /v1.</summary>
    public Uri Url => new((string)_said["url"]!);

    public Uri Control => new((string)_said["control"]!);

    public static async Task<EmulatorProcess> StartAsync(string generation, string catalog)
    {
        string own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new(
            "dotnet",
            [typeof(EmulatorHost).Assembly.Location, "--litellm", generation, "--catalog", catalog, "--parent-pid", own]
        )
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string line =
            await process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
            ?? throw new InvalidOperationException("The emulator did not start.");
        return new EmulatorProcess(process, JsonNode.Parse(line)!);
    }

    /// <summary>The key of a role.</summary>
    public string Key(string role) => (string)_said["keys"]![role]!;

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
