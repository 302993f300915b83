using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Bench.Limits;

namespace CBorg.Bench.Workloads;

/// <summary>The npm package openai, installed for the bench into a folder of its own.</summary>
internal sealed class NodeClient(string folder)
{
    private const string Script = "workload.mjs";

    /// <summary>Installs it. Null, and said why, where that cannot be done.</summary>
    /// <param name="folder">An empty folder.</param>
    public static async Task<NodeClient?> InstallAsync(string folder)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "node");
        foreach (string file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        try
        {
            (int code, _) = await RunAsync("npm", folder, "install", "--no-audit", "--no-fund", "--silent").ConfigureAwait(false);
            if (code == 0)
            {
                return new NodeClient(folder);
            }

            Console.WriteLine("openai-node: skipped, npm could not install it");
        }
        catch (Win32Exception)
        {
            Console.WriteLine("openai-node: skipped, there is no node or no npm on this machine");
        }

        return null;
    }

    /// <returns>Calls done, and seconds.</returns>
    public async Task<(int Done, double Seconds)> RunAsync(EmulatorProcess emulator, string key, Workload workload, int width)
    {
        (int code, string output) = await RunAsync(
                "node",
                folder,
                Script,
                emulator.Url.ToString(),
                key,
                workload.Model,
                Text(workload.Calls),
                Text(width)
            )
            .ConfigureAwait(false);
        JsonNode said =
            code == 0 ? JsonNode.Parse(output)! : throw new InvalidOperationException($"node ended with {code}: {output}");
        return ((int)said["done"]!, (double)said["seconds"]!);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await complaints.ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return (process.ExitCode, output);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
