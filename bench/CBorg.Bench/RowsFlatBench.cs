using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>
/// Whether a million rows run flat: the heap after all of them against that after the first tenth, in one pipeline. The
/// client answers without asking anybody: a server would be the slowest part, and
/// the limiter's book of the last minute the largest.
/// </summary>
internal static class RowsFlatBench
{
    private const int Rows = 1_000_000;

    // The port of the module has members that are of no matter here, so the client is a proxy of it.
    private const string NoClient = """
        $null = [Environment]::SetEnvironmentVariable('CBORG_API_KEY', 'sk-bench-0000000000000000')
        $abstractions = [CBorg.ICBorgClient].Assembly.Location
        Add-Type -ReferencedAssemblies $abstractions, netstandard, System.Runtime, System.Reflection.DispatchProxy, System.Threading.Tasks, System.Collections, System.Linq -TypeDefinition @'
        using System; using System.Reflection; using System.Threading.Tasks; using CBorg;
        public class NoClient : DispatchProxy {
            public static ICBorgClient Make() { return DispatchProxy.Create<ICBorgClient, NoClient>(); }
            protected override object Invoke(MethodInfo method, object[] args) {
                switch (method.Name) {
                    case "get_Connection": return new ConnectionInfo();
                    case "ParallelCalls": return 16;
                    case "ChatAsync": return Ask((ChatRequest)args[0], (Action<CallEvent>)args[2]);
                    default: throw new NotSupportedException(method.Name);
                }
            }
            private static async Task<ChatResult> Ask(ChatRequest request, Action<CallEvent> tell) {
                if (tell != null) tell(new CallEvent { Kind = CallEventKind.Sent });
                await Task.Yield();
                return new ChatResult { Text = "B", Model = request.Model, Input = request.Input, Raw = new string('x', 1000), Cost = 0.001m };
            }
        }
        '@
        $type = (Get-Command Invoke-CBorgChat).ImplementingType.Assembly.GetType('CBorg.Module.ConnectionState')
        $state = $type.GetProperty('Current').GetValue($null)
        $null = $type.GetProperty('Client').GetValue($state)
        $type.GetField('_client', 'NonPublic, Instance').SetValue($state, [NoClient]::Make())
        """;

    private const string Measure = """
        $script:count = 0
        $script:early = 0
        $script:most = 0
        $process = [Diagnostics.Process]::GetCurrentProcess()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        & { for ($i = 0; $i -lt $rows; $i++) { $i } } | Invoke-CBorgChat -Model m | ForEach-Object {
            $script:count++
            if ($script:count % ($rows / 10) -eq 0) {
                $script:heap = [GC]::GetTotalMemory($true) / 1MB
                if (-not $script:early) { $script:early = $script:heap }
                $process.Refresh()
                [Console]::Error.WriteLine([string]::Format([cultureinfo]::InvariantCulture, '{0} rows, {1:0} s: heap {2:0.0} MB, working set {3:0} MB', $script:count, $watch.Elapsed.TotalSeconds, $script:heap, $process.WorkingSet64 / 1MB))
            }
        }
        """;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        double growth = await PowerShellRun
            .NumberAsync(
                $"Import-Module '{PowerShellRun.Module}'; $rows = {Rows}; {NoClient}\n{Measure}\n($heap / $early).ToString([cultureinfo]::InvariantCulture)"
            )
            .ConfigureAwait(false);
        string what = string.Create(CultureInfo.InvariantCulture, $"heap after {Rows:N0} rows, client without a server");
        return
        [
            new Figure(
                what,
                "times",
                growth,
                string.Create(CultureInfo.InvariantCulture, $"after the first {Rows / 10:N0}"),
                1,
                "<= 1.1",
                growth <= 1.1
            ),
        ];
    }
}
