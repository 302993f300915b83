using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Faults;

namespace CBorg.Core.Tests.Soak;

/// <summary>Many streamed calls, 16 at once, with faults drawn from a seed. The test run makes a thousand, the bench twenty
/// thousand.</summary>
internal static class SoakRun
{
    private const int InFlight = 16;
    private const double Times = 25;
    private const double MostRequestsEach = 1.5;

    /// <param name="seed">Of the faults.</param>
    /// <param name="calls">How many.</param>
    /// <param name="emulator">Its address.</param>
    /// <param name="control">Its instruments.</param>
    /// <param name="key">One of its keys.</param>
    /// <param name="silence">How long the client bears with a silent server, of the machine's own time.</param>
    /// <param name="onDone">Told after each call how many are done.</param>
    public static async Task<SoakReport> RunAsync(
        int seed,
        int calls,
        Uri emulator,
        EmulatorControl control,
        string key,
        TimeSpan silence,
        Func<int, Task>? onDone = null
    )
    {
        ICBorgClient client = Client(emulator, key, silence * Times);
        await client.GetModelsAsync(refresh: false, null, default).ConfigureAwait(false);
        await control.FaultsAsync(SoakFaults.Draw(seed, (int)(calls * MostRequestsEach))).ConfigureAwait(false);
        SoakRow[] rows = new SoakRow[calls];
        int next = 0;
        int done = 0;
        await Task.WhenAll(
                Enumerable
                    .Range(0, InFlight)
                    .Select(_ =>
                        Task.Run(async () =>
                        {
                            for (
                                int number = Interlocked.Increment(ref next) - 1;
                                number < calls;
                                number = Interlocked.Increment(ref next) - 1
                            )
                            {
                                SoakRow row = await AskAsync(client, number).ConfigureAwait(false);
                                rows[number] = row with { Ends = rows[number].Ends + 1 };
                                await (onDone?.Invoke(Interlocked.Increment(ref done)) ?? Task.CompletedTask).ConfigureAwait(
                                    false
                                );
                            }
                        })
                    )
            )
            .ConfigureAwait(false);
        await control.ClearAsync().ConfigureAwait(false);
        return new SoakReport(rows, await control.ClosedLedgerAsync("chat/completions").ConfigureAwait(false));
    }

    private static ICBorgClient Client(Uri emulator, string key, TimeSpan silence)
    {
        ConnectionOptions options = new()
        {
            BaseUri = emulator,
            ApiKey = () => key,
            MaximumRetryCount = 12,
            Timeout = TimeSpan.FromHours(2),
            ConnectTimeout = TimeSpan.FromSeconds(30 * Times),
            FirstByteTimeout = silence,
            SilenceTimeout = silence,
        };
        return CBorgClientFactory.Create(options, new QuickClock(Times), RetryPolicy.Default);
    }

    private static async Task<SoakRow> AskAsync(ICBorgClient client, int number)
    {
        string answer = $"row {number} has this answer and no other";
        ChatRequest request = new()
        {
            Model = "claude-haiku",
            Messages = [new ChatMessage(ChatRole.User, $"Echo: {answer}")],
            Stream = true,
        };
        try
        {
            ChatResult result = await client.ChatAsync(request, null, null, CancellationToken.None).ConfigureAwait(false);
            return SoakRow.Of(result.Text == answer, null, result.CallId, result.Cost);
        }
        catch (CBorgStreamException broken)
        {
            return SoakRow.Of(
                broken.PartialText.Length > 0 && answer.StartsWith(broken.PartialText, StringComparison.Ordinal),
                broken.Kind,
                broken.CallId,
                broken.Partial.Cost
            );
        }
        catch (CBorgException failure)
        {
            return SoakRow.Of(false, failure.Kind, failure.CallId, null);
        }
    }
}
