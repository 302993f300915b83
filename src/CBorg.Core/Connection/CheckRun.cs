using System;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Connection;

/// <summary>
/// One run of the steps: gives each its time, turns what it throws into a failure with advice, and tells how it went.
/// </summary>
internal sealed class CheckRun(
    CheckAdvice advice,
    IClock clock,
    Func<ConnectionCheck, Task> onCheck,
    CancellationToken cancellationToken
)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    /// <param name="step">Its name.</param>
    /// <param name="broken">The failed step without which this one is pointless; null when there is none.</param>
    /// <param name="work">The step itself.</param>
    /// <returns>The failed step without which those that need this one are pointless; null when they can be tried.</returns>
    public async Task<string?> StepAsync(string step, string? broken, Func<CancellationToken, Task<CheckResult>> work)
    {
        if (broken is not null)
        {
            await SkipAsync(step, $"Not tried, because {broken} failed.").ConfigureAwait(false);
            return broken;
        }

        TimeSpan started = clock.Elapsed;
        CheckResult result = await FindAsync(step, work).ConfigureAwait(false);
        await TellAsync(step, result, clock.Elapsed - started).ConfigureAwait(false);
        return result.Outcome == CheckOutcome.Failed ? step : null;
    }

    public Task SkipAsync(string step, string detail) => TellAsync(step, CheckResult.Skipped(detail), TimeSpan.Zero);

    private async Task<CheckResult> FindAsync(string step, Func<CancellationToken, Task<CheckResult>> work)
    {
        using CancellationTokenSource timeout = clock.CancelAfter(s_timeout, cancellationToken);
        try
        {
            return await work(timeout.Token).ConfigureAwait(false);
        }
        catch (CBorgException failure)
        {
            return CheckResult.Failed(failure.Message, advice.For(step, failure));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException || IsOfTheLine(e))
        {
            // A line that is closed because of the stop fails in its own ways.
            cancellationToken.ThrowIfCancellationRequested();
            string late = $"Nothing came of it within {TimeText.Duration(s_timeout)}.";
            string what = IsOfTheLine(e) ? e.GetBaseException().Message : late;
            return CheckResult.Failed(what, advice.For(step, null));
        }
    }

    private static bool IsOfTheLine(Exception e) =>
        e is SocketException or IOException or AuthenticationException or HttpRequestException;

    private Task TellAsync(string step, CheckResult result, TimeSpan duration) =>
        onCheck(
            new ConnectionCheck
            {
                Step = step,
                Outcome = result.Outcome,
                Detail = result.Detail,
                Advice = result.Advice,
                Duration = duration,
            }
        );
}
