using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>Many rows through a pipeline: how near to the ideal time, beside ForEach-Object -Parallel and a bare
/// client.</summary>
internal static class RowsBench
{
    private const int Rows = 2000;
    private const int AtOnce = 5;
    private static readonly TimeSpan s_each = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        return [.. await PaceAsync().ConfigureAwait(false), .. await RowsFlatBench.RunAsync().ConfigureAwait(false)];
    }

    private static async Task<IReadOnlyList<Figure>> PaceAsync()
    {
        using CannedServer server = new() { Delay = s_each };
        server.Reply("/model/info", "application/json", Canned.Models);
        server.Reply("/chat/completions", "application/json", Canned.Chat, Canned.Headers);
        (string, string)[] environment =
        [
            ("CBORG_BASE_URL", server.Address.ToString().TrimEnd('/')),
            ("CBORG_API_KEY", Canned.Key),
        ];
        string script = Timed(
            $"1..{Rows} | Invoke-CBorgChat -Model m -NoStream -ThrottleLimit {AtOnce}",
            "$null = Invoke-CBorgChat Hi -Model m -NoStream"
        );
        string rival =
            "$h = @{ Authorization = \"Bearer $env:CBORG_API_KEY\" }; $u = \"$env:CBORG_BASE_URL/chat/completions\"; "
            + Timed(
                $"1..{Rows} | ForEach-Object -ThrottleLimit {AtOnce} -Parallel {{ Invoke-RestMethod -Uri $using:u -Method Post -Headers $using:h -ContentType application/json -Body (@{{ model = 'm'; messages = @(@{{ role = 'user'; content = \"$_\" }}) }} | ConvertTo-Json -Depth 5) }}",
                "$null = 1"
            );
        server.Restart();
        double ours = await PowerShellRun
            .NumberAsync($"Import-Module '{PowerShellRun.Module}'; {script}", environment)
            .ConfigureAwait(false);
        TimeSpan taken = server.Taken;
        double theirs = await PowerShellRun.NumberAsync(rival, environment).ConfigureAwait(false);
        double bare = await BareAsync(server.Address).ConfigureAwait(false);
        double ideal = Rows / (double)AtOnce * taken.TotalSeconds;
        string what = $"{Rows} rows, {AtOnce} at once, {s_each.TotalMilliseconds:0} ms each";
        return
        [
            new Figure(
                what,
                "s",
                ours,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the ideal at the {taken.TotalMilliseconds:0.0} ms that the server took"
                ),
                ideal,
                "<= 1.05",
                ours <= 1.05 * ideal
            ),
            new Figure("the same", "s", ours, "bare HttpClient, as many at once", bare, "none set", true),
            new Figure("the same", "s", ours, "ForEach-Object -Parallel with Invoke-RestMethod", theirs, "<= 1", ours <= theirs),
        ];
    }

    /// <summary>What the server and the machine let through, with nothing around it.</summary>
    private static async Task<double> BareAsync(Uri address)
    {
        using HttpClient client = Clients.Bare(address);
        int left = Rows;
        double milliseconds = await Rounds
            .MillisecondsAsync(() =>
                Task.WhenAll(
                    Enumerable
                        .Range(0, AtOnce)
                        .Select(async _ =>
                        {
                            while (System.Threading.Interlocked.Decrement(ref left) >= 0)
                            {
                                using HttpResponseMessage reply = await client
                                    .PostAsync(new Uri("/chat/completions", UriKind.Relative), Clients.Question(stream: false))
                                    .ConfigureAwait(false);
                                await reply.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
                            }
                        })
                )
            )
            .ConfigureAwait(false);
        return milliseconds / 1000;
    }

    private static string Timed(string command, string first) =>
        $"{first}; $w = [Diagnostics.Stopwatch]::StartNew(); $null = {command}; $w.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)";
}
