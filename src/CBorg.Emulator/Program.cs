using System.IO;
using System.Runtime.InteropServices;

namespace CBorg.Emulator;

internal static class Program
{
    private const int BadArguments = 2;

    private static async Task<int> Main(string[] args)
    {
        CommandLine line;
        EmulatorHost host;
        try
        {
            line = CommandLine.Parse(args);
            host = await EmulatorHost.StartAsync(line.Options);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException or System.Text.Json.JsonException)
        {
            await Console.Error.WriteLineAsync($"{e.Message}{Environment.NewLine}{CommandLine.Usage}");
            return BadArguments;
        }

        await using (host)
        {
            await Console.Out.WriteLineAsync(Announcement(host));
            await Console.Out.FlushAsync();
            await UntilTheEndAsync(line);
        }

        return 0;
    }

    private static string Announcement(EmulatorHost host) =>
        Json.Write(
            new JsonObject
            {
                ["url"] = host.Url.ToString().TrimEnd('/'),
                ["control"] = host.ControlUrl.ToString().TrimEnd('/'),
                ["keys"] = new JsonObject(host.Keys.Select(k => KeyValuePair.Create(k.Key, (JsonNode?)k.Value))),
            }
        );

    private static async Task UntilTheEndAsync(CommandLine line)
    {
        var signalled = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, s => Stop(s, signalled));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, s => Stop(s, signalled));
        List<Task> ends = [signalled.Task, ParentWatch.WaitAsync(line.ParentPid)];
        if (line.WatchStdin)
        {
            ends.Add(ParentWatch.WaitForStdinAsync());
        }

        await Task.WhenAny(ends);
    }

    private static void Stop(PosixSignalContext signal, TaskCompletionSource signalled)
    {
        signal.Cancel = true;
        signalled.TrySetResult();
    }
}
