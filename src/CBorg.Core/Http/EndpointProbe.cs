using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>Asks an address whether the service is there: without a key, and without patience.</summary>
internal sealed class EndpointProbe(HttpStack stack, IClock clock)
{
    /// <summary>What connection, handshake and answer may take together. Within the Laboratory they take a few hundredths of it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Alive = "health/liveliness";

    /// <returns>Whether it answers, and what to tell people about that.</returns>
    public async Task<(bool Answers, string Finding)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = clock.CancelAfter(Patience, cancellationToken);
        try
        {
            using HttpRequestMessage request = HttpStack.Request(HttpMethod.Get, new Uri(address, Alive));
            using HttpResponseMessage response = await stack.For(address).SendAsync(request, patience.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? (true, $"{address.Authority} answers from here.")
                : (false, $"{address.Authority} answers with status {(int)response.StatusCode} only.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (false, e is OperationCanceledException
                ? $"{address.Authority} does not answer within {Patience.TotalSeconds:0} s."
                : $"{address.Authority} cannot be reached from here: {Redaction.Clean(e.GetBaseException().Message, null).TrimEnd('.')}.");
        }
    }
}
