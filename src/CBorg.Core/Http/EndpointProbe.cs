using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>Asks an address whether the service is there: without a key, and without waiting long.</summary>
internal sealed class EndpointProbe(HttpStack stack, IClock clock)
{
    /// <summary>
    /// What connection, handshake and answer may take together. Within the Laboratory they take a few hundredths of it.
    /// </summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private const string Alive = "health/liveliness";

    public async Task<ProbeResult> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = clock.CancelAfter(Timeout, cancellationToken);
        try
        {
            using HttpRequestMessage request = HttpStack.Request(HttpMethod.Get, new Uri(address, Alive));
            using HttpResponseMessage response = await stack.For(address).SendAsync(request, timeout.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? new ProbeResult(true, $"{address.Authority} answers from here.")
                : new ProbeResult(
                    false,
                    FormattableString.Invariant($"{address.Authority} answers with status {(int)response.StatusCode} only.")
                );
        }
        catch (Exception e) when (Transport.IsNoReply(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ProbeResult(
                false,
                e is OperationCanceledException
                    ? $"{address.Authority} does not answer within {TimeText.Duration(Timeout)}."
                    : $"{address.Authority} cannot be reached from here: {Why(e)}."
            );
        }
    }

    private static string Why(Exception e) => Redaction.Clean(e.GetBaseException().Message, null).TrimEnd('.');
}

/// <summary>What an address says to the question whether the service is there.</summary>
/// <param name="Answers">Whether the service is there.</param>
/// <param name="Detail">What to tell people about that.</param>
internal sealed record ProbeResult(bool Answers, string Detail);
