using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace CBorg.Tour;

/// <summary>Shows each call as it is written, then makes it.</summary>
internal static class Screen
{
    private static readonly TimeSpan s_pause = Console.IsOutputRedirected ? TimeSpan.Zero : TimeSpan.FromSeconds(0.6);

    public static void Title(string text) => Paint(ConsoleColor.Green, $"\n# {text}");

    public static void Line(string text = "") => Console.WriteLine(text);

    public static async Task<T> RunAsync<T>(Func<Task<T>> call, [CallerArgumentExpression(nameof(call))] string source = "")
    {
        await ShowAsync(source);
        return await call();
    }

    public static async Task RunAsync(Func<Task> call, [CallerArgumentExpression(nameof(call))] string source = "")
    {
        await ShowAsync(source);
        await call();
    }

    private static Task ShowAsync(string source)
    {
        Paint(ConsoleColor.Cyan, $"> {source["() => ".Length..]}");
        return Task.Delay(s_pause);
    }

    private static void Paint(ConsoleColor colour, string text)
    {
        Console.ForegroundColor = colour;
        Console.Write(text);
        Console.ResetColor();
        Console.WriteLine();
    }
}
