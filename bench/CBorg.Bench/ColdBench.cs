using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>CPU seconds of a new process that imports the module and gets one answer, against a script that does the same
/// with Invoke-RestMethod.</summary>
internal static class ColdBench
{
    private const int RoundCount = 9;
    private const string Cpu =
        "; [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime.TotalSeconds.ToString([cultureinfo]::InvariantCulture)";

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using CannedServer server = new();
        server.Reply("/model/info", "application/json", Canned.Models);
        server.Reply("/chat/completions", "application/json", Canned.Chat, Canned.Headers);
        (string, string)[] environment = [("CBORG_BASE_URL", server.Address.ToString()), ("CBORG_API_KEY", Canned.Key)];
        string ours =
            $"Import-Module '{PowerShellRun.Module}'; $null = Invoke-CBorgChat 'What letter comes after A?' -Model m" + Cpu;
        string theirs =
            "$body = @{ model = 'm'; messages = @(@{ role = 'user'; content = 'What letter comes after A?' }) } | ConvertTo-Json -Depth 5; "
            + "$null = (Invoke-RestMethod -Uri \"$env:CBORG_BASE_URL/chat/completions\".Replace('//chat', '/chat') -Method Post -Body $body -ContentType application/json "
            + "-Headers @{ Authorization = \"Bearer $env:CBORG_API_KEY\" }).choices[0].message.content"
            + Cpu;
        // PowerShell writes its cache of a module's commands some ten seconds after the first import; its own modules are
        // in it already.
        await PowerShellRun
            .NumberAsync($"Import-Module '{PowerShellRun.Module}'; Start-Sleep 12; 1", environment)
            .ConfigureAwait(false);
        double bare = await PowerShellRun.NumberAsync("1" + Cpu).ConfigureAwait(false);
        (double a, double b) = await Rounds
            .CompareAsync(
                RoundCount,
                () => PowerShellRun.NumberAsync(ours, environment),
                () => PowerShellRun.NumberAsync(theirs, environment)
            )
            .ConfigureAwait(false);
        return
        [
            new Figure("cold process to first answer, CPU", "s", a, "Invoke-RestMethod script", b, "-", true),
            new Figure(
                "the same less bare pwsh, CPU",
                "s",
                a - bare,
                "Invoke-RestMethod script less bare pwsh",
                b - bare,
                "<= 1",
                a <= b
            ),
        ];
    }
}
