using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;

namespace CBorg.Bench;

/// <summary>What the first answer of a new process takes: CPU, methods compiled at run time, assemblies loaded.</summary>
internal static class FirstCall
{
    public static void Run(string address, bool names)
    {
        using CompiledMethods? compiled = names ? new CompiledMethods() : null;
        string[] loaded = [.. Loaded()];
        long methods = JitInfo.GetCompiledMethodCount();
        TimeSpan compiling = JitInfo.GetCompilationTime();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        Ask(new Uri(address), Environment.GetEnvironmentVariable("CBORG_BENCH_BARE") is not null);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Console.WriteLine($"cpu {cpu.TotalMilliseconds}");
        Console.WriteLine($"methods {JitInfo.GetCompiledMethodCount() - methods}");
        Console.WriteLine($"compiling {(JitInfo.GetCompilationTime() - compiling).TotalMilliseconds}");
        Console.WriteLine($"assemblies {string.Join(' ', Loaded().Except(loaded))}");
        compiled?.Print();
    }

    private static void Ask(Uri address, bool bare)
    {
        if (bare)
        {
            AskBare(address);
        }
        else
        {
            AskOurs(address);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AskOurs(Uri address)
    {
        ChatRequest request = new()
        {
            Model = "m",
            Messages = new[] { new ChatMessage(ChatRole.User, "What letter comes after A?") },
        };
        _ = Clients.Ours(address).ChatAsync(request, null, null, CancellationToken.None).GetAwaiter().GetResult().Text;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AskBare(Uri address)
    {
        using HttpClient client = Clients.Bare(address);
        using HttpResponseMessage response = client
            .PostAsync(new Uri("/chat/completions", UriKind.Relative), Clients.Question(stream: false))
            .GetAwaiter()
            .GetResult();
        using JsonDocument document = JsonDocument.Parse(response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult());
        _ = document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }

    private static IEnumerable<string> Loaded() =>
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!);
}
