using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace CBorg.Emulator.Tests;

/// <summary>OpenAI's own client for node against the emulator, where node and npm are; the checks are in
/// node/client.mjs.</summary>
public sealed class NodeClientTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task The_official_client_chats_streams_runs_tools_embeds_and_responds(string version)
    {
        if (await RestoreAsync() is not { } folder)
        {
            output.WriteLine("Nothing was checked: node or npm is not here, or npm could not restore the client.");
            return;
        }

        await using var host = await EmulatorHost.StartAsync(new EmulatorOptions { LiteLLM = version });
        var (code, text) = await RunAsync(
            "node",
            ["client.mjs"],
            folder,
            ("EMULATOR_URL", $"{host.Url}v1"),
            ("EMULATOR_KEY", host.Keys["personal"])
        );
        output.WriteLine(text);
        Assert.True(code == 0, text);
    }

    /// <summary>The folder with the restored client; null where that cannot be.</summary>
    private async Task<string?> RestoreAsync()
    {
        var source = RepositoryFolder.Find("tests", "CBorg.Emulator.Tests", "node");
        var folder = Path.Combine(RepositoryFolder.Find("artifacts"), "node-client");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        try
        {
            var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            var (code, text) = await RunAsync(
                npm,
                ["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"],
                folder
            );
            output.WriteLine(code == 0 ? "" : text);
            return code == 0 ? folder : null;
        }
        catch (Win32Exception missing)
        {
            output.WriteLine(missing.Message);
            return null;
        }
    }

    private static async Task<(int Code, string Text)> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (told, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(s_timeout);
        return (process.ExitCode, await told + await complained);
    }
}
