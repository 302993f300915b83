using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>Runs cases by their numbers, several at a time.</summary>
internal static class FuzzRun
{
    private const int MostComplaints = 20;

    // Turns a hang into a complaint. It measures nothing: a case takes a fraction of a millisecond.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    /// <returns>What is wrong, each with how to make the case again.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(
        int seed,
        int first,
        int count,
        int workers,
        Action<int>? onProgress = null
    )
    {
        ConcurrentQueue<string> complaints = new();
        int next = first;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))).ConfigureAwait(false);
        return [.. complaints];

        async Task WorkAsync()
        {
            FuzzHandler handler = new();
            HttpEnvironment environment = new() { Handler = handler, Variable = _ => null };
            while (
                complaints.Count < MostComplaints && Interlocked.Increment(ref next) - 1 is var number && number < first + count
            )
            {
                if (await OneAsync(handler, environment, seed, number).ConfigureAwait(false) is { } complaint)
                {
                    complaints.Enqueue(complaint);
                }

                onProgress?.Invoke(number);
            }
        }
    }

    /// <summary>One case again, for whoever looks into it.</summary>
    public static Task<string?> OneAsync(int seed, int number)
    {
        FuzzHandler handler = new();
        return OneAsync(handler, new HttpEnvironment { Handler = handler, Variable = _ => null }, seed, number);
    }

    private static async Task<string?> OneAsync(FuzzHandler handler, HttpEnvironment environment, int seed, int number)
    {
        FuzzCase made = FuzzCase.Make(seed, number);
        handler.Answer(FuzzAsk.RouteOf(made.Source), made.Reply);
        object? result = null;
        Exception? failure = null;
        try
        {
            result = await Task.Run(() => FuzzAsk.AskAsync(environment, made.Source)).WaitAsync(s_timeout).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        return FuzzJudge.Complaint(made, result, failure) is { } complaint ? Report(made, seed, number, complaint) : null;
    }

    private static string Report(FuzzCase made, int seed, int number, string complaint)
    {
        byte[] body = made.Reply.Delivered;
        string shown = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 1500));
        return $"seed {seed}, case {number}: {made.Source.Name}, {made.Deed}, status {made.Reply.Status}\n  {complaint}\n  {shown}";
    }
}
