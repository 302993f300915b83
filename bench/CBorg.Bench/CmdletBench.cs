using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>A warm call by cmdlet, against Invoke-RestMethod in the same kind of process.</summary>
internal static class CmdletBench
{
    private const int RoundCount = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using CannedServer server = new();
        server.Reply("/model/info", "application/json", Canned.Models);
        server.Reply("/chat/completions", "application/json", Canned.Chat, Canned.Headers);
        (string, string)[] environment =
        [
            ("CBORG_BASE_URL", server.Address.ToString().TrimEnd('/')),
            ("CBORG_API_KEY", Canned.Key),
        ];
        string ours =
            $"Import-Module '{PowerShellRun.Module}'; "
            + Timed("Invoke-CBorgChat 'What letter comes after A?' -Model m -NoStream");
        string theirs =
            "$h = @{ Authorization = \"Bearer $env:CBORG_API_KEY\" }; $u = \"$env:CBORG_BASE_URL/chat/completions\"; "
            + Timed(
                "Invoke-RestMethod -Uri $u -Method Post -Headers $h -ContentType application/json -Body (@{ model = 'm'; messages = @(@{ role = 'user'; content = 'What letter comes after A?' }) } | ConvertTo-Json -Depth 5)"
            );
        (double a, double b) = await Rounds
            .CompareAsync(
                RoundCount,
                () => PowerShellRun.NumberAsync(ours, environment),
                () => PowerShellRun.NumberAsync(theirs, environment)
            )
            .ConfigureAwait(false);
        return [new Figure("a warm call by cmdlet", "ms", a, "Invoke-RestMethod", b, "<= 0.35", a <= 0.35 * b)];
    }

    private static string Timed(string command) =>
        $"foreach ($i in 1..100) {{ $null = {command} }}; $w = [Diagnostics.Stopwatch]::StartNew(); foreach ($i in 1..300) {{ $null = {command} }}; ($w.Elapsed.TotalMilliseconds / 300).ToString([cultureinfo]::InvariantCulture)";
}
