using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class ProgramTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("--litellm 2.0", "--litellm takes versions 1.77 and later of LiteLLM 1, not '2.0'.")]
    [InlineData("--litellm newest", "--litellm is a version of LiteLLM like 1.81 or 1.102.4, not 'newest'.")]
    [InlineData("--port many", "--port is a number from 0 to 65535, not 'many'.")]
    [InlineData("--catalog /no/such/file.json", "there is no file '/no/such/file.json'")]
    [InlineData("--speed 3", "Unknown argument '--speed'.")]
    [InlineData("--latency", "--latency needs a value.")]
    [InlineData("--clock slow", "--clock is real, manual or offset, not 'slow'.")]
    public async Task Bad_arguments_are_told_and_end_with_2(string arguments, string message)
    {
        using var program = Start(arguments);
        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync().WaitAsync(s_timeout);

        Assert.Equal(2, program.ExitCode);
        Assert.Contains(message, error);
        Assert.Equal("", await program.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task It_announces_itself_in_one_line_and_ends_with_its_input()
    {
        using var program = Start("--watch-stdin --litellm 1.81");
        var line = JsonNode.Parse((await program.StandardOutput.ReadLineAsync().WaitAsync(s_timeout))!)!;
        using var http = new HttpClient();

        var alive = await http.GetStringAsync((string)line["url"]! + "/health/liveliness");
        program.StandardInput.Close();
        await program.WaitForExitAsync().WaitAsync(s_timeout);

        Assert.Equal("\"I'm alive!\"", alive);
        Assert.StartsWith("http://127.0.0.1:", (string?)line["control"]);
        Assert.StartsWith("sk-", (string?)line["keys"]!["personal"]);
        Assert.Equal("", await program.StandardOutput.ReadToEndAsync());
        Assert.Equal(0, program.ExitCode);
    }

    [Theory]
    [InlineData("manual")]
    [InlineData("offset")]
    public async Task Its_clock_can_be_turned_from_outside(string kind)
    {
        using var program = Start($"--watch-stdin --clock {kind}");
        var line = JsonNode.Parse((await program.StandardOutput.ReadLineAsync().WaitAsync(s_timeout))!)!;
        using var http = new HttpClient();

        using var turned = await http.PostAsync((string)line["control"]! + "/clock", new StringContent("""{"advance": 90}"""));
        var clock = JsonNode.Parse(await turned.Content.ReadAsStringAsync())!;
        program.StandardInput.Close();
        await program.WaitForExitAsync().WaitAsync(s_timeout);

        Assert.Equal((kind, 90), ((string?)clock["kind"], (double)clock["advanced"]!));
        Assert.True((double)clock["seconds"]! >= 90);
    }

    [Fact]
    public async Task It_ends_when_the_process_it_watches_does()
    {
        using var watched = Start("--watch-stdin");
        await watched.StandardOutput.ReadLineAsync().WaitAsync(s_timeout);
        using var program = Start($"--parent-pid {watched.Id}");
        await program.StandardOutput.ReadLineAsync().WaitAsync(s_timeout);

        watched.StandardInput.Close();
        await program.WaitForExitAsync().WaitAsync(s_timeout);

        Assert.Equal(0, program.ExitCode);
    }

    private static Process Start(string arguments)
    {
        var assembly = Path.ChangeExtension(typeof(EmulatorHost).Assembly.Location, ".dll");
        return Process.Start(
            new ProcessStartInfo("dotnet", $"\"{assembly}\" {arguments}")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
    }
}
