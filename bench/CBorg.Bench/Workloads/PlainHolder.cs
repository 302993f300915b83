using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Bench.Workloads;

/// <summary>A client that has been told how many calls may be in flight and simply holds as many: nothing can be faster on
/// the same server. A place that is given back late is asked for again 50 ms later.</summary>
internal static class PlainHolder
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(Uri address, string key, Workload workload, int width)
    {
        using HttpClient http = new() { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + key);
        int begun = 0;
        await Task.WhenAll(Enumerable.Range(0, width).Select(_ => LaneAsync())).ConfigureAwait(false);
        return workload.Calls;

        async Task LaneAsync()
        {
            while (Interlocked.Increment(ref begun) <= workload.Calls)
            {
                while (!await AskAsync(http, workload.Model).ConfigureAwait(false))
                {
                    await Task.Delay(s_again).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task<bool> AskAsync(HttpClient http, string model)
    {
        using ByteArrayContent question = new(
            Canned.Utf8($$"""{"model":"{{model}}","messages":[{"role":"user","content":"What letter comes after A?"}]}""")
        );
        question.Headers.ContentType = new("application/json");
        using HttpResponseMessage reply = await http.PostAsync(new Uri("/chat/completions", UriKind.Relative), question)
            .ConfigureAwait(false);
        return reply.StatusCode == HttpStatusCode.TooManyRequests ? false : reply.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }
}
