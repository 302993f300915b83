using System.IO;

namespace CBorg.Emulator;

/// <summary>The program's arguments.</summary>
internal sealed record CommandLine(EmulatorOptions Options, int? ParentPid, bool WatchStdin)
{
    public const string Usage =
        "Usage: CBorg.Emulator [--port 0] [--litellm VERSION] [--catalog cborg|recordings|FILE] [--latency MS] [--tokens-per-second N] "
        + "[--spend-lag SECONDS] [--spend-batches SECONDS] [--clock real|manual|offset] [--parent-pid PID] [--watch-stdin]";

    private static readonly string[] s_names =
    [
        "--port",
        "--litellm",
        "--catalog",
        "--latency",
        "--tokens-per-second",
        "--spend-lag",
        "--spend-batches",
        "--clock",
        "--parent-pid",
    ];

    /// <exception cref="ArgumentException">An argument is unknown, doubled or no value of its kind.</exception>
    public static CommandLine Parse(string[] args)
    {
        var values = Collect(args, out var watchStdin);
        var catalog = values.GetValueOrDefault("--catalog") ?? "cborg";
        if (catalog is not ("cborg" or "recordings") && !File.Exists(catalog))
        {
            throw new ArgumentException($"--catalog is cborg, recordings or a file; there is no file '{catalog}'.");
        }

        var options = new EmulatorOptions
        {
            Port = (int)Number(values, "--port", 0, 65535),
            LiteLLM = LiteLlmVersion.Parse(values.GetValueOrDefault("--litellm") ?? "1.102").ToString(),
            Catalog = catalog,
            Latency = (int)Number(values, "--latency", 0, int.MaxValue),
            TokensPerSecond = Number(values, "--tokens-per-second", 0, 1e9),
            SpendLag = TimeSpan.FromSeconds(Number(values, "--spend-lag", 0, 86400)),
            SpendBatches = TimeSpan.FromSeconds(Number(values, "--spend-batches", 0, 86400)),
            Clock = ClockOf(values.GetValueOrDefault("--clock") ?? "real"),
        };
        var parent = values.ContainsKey("--parent-pid") ? (int)Number(values, "--parent-pid", 1, int.MaxValue) : (int?)null;
        return new CommandLine(options, parent, watchStdin);
    }

    private static TimeProvider ClockOf(string kind) =>
        kind switch
        {
            "real" => TimeProvider.System,
            "manual" => TurnableClock.Manual(),
            "offset" => TurnableClock.Offset(),
            _ => throw new ArgumentException($"--clock is real, manual or offset, not '{kind}'."),
        };

    private static Dictionary<string, string> Collect(string[] args, out bool watchStdin)
    {
        watchStdin = false;
        var values = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            if (name == "--watch-stdin" && value is null)
            {
                watchStdin = true;
                continue;
            }

            if (!s_names.Contains(name))
            {
                throw new ArgumentException($"Unknown argument '{name}'.");
            }

            value ??= ++i < args.Length ? args[i] : throw new ArgumentException($"{name} needs a value.");
            if (!values.TryAdd(name, value))
            {
                throw new ArgumentException($"{name} is given twice.");
            }
        }

        return values;
    }

    private static double Number(Dictionary<string, string> values, string name, double least, double most)
    {
        if (!values.TryGetValue(name, out var text))
        {
            return 0;
        }

        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {least} to {most}, not '{text}'.")
            );
    }
}
