using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;
using CBorg.Core.Wire;
using static System.FormattableString;

namespace CBorg.Core.Connection;

/// <summary>Asks the proxy whether it is there; needs no key.</summary>
internal sealed class HealthProbe(JsonCaller caller, IClock clock)
{
    private const string Alive = "/health/liveliness";
    private const string Ready = "/health/readiness";
    private const int Samples = 3;

    public async Task<CheckResult> ServiceAsync(CancellationToken cancellationToken)
    {
        try
        {
            string? version =
                await AskAsync(Alive, (headers, _) => headers.Version, cancellationToken).ConfigureAwait(false)
                ?? await VersionAsync(cancellationToken).ConfigureAwait(false);
            return CheckResult.Passed(
                version is null ? "A LiteLLM proxy that does not tell its version answers." : $"LiteLLM {version} answers."
            );
        }
        catch (CBorgException e) when (e.Kind == ErrorKind.NotFound)
        {
            return CheckResult.Warning(
                $"Something answers, but it has no {Alive}.",
                "Check that the address is that of a LiteLLM proxy."
            );
        }
    }

    /// <summary>The median of a few calls; whatever is answered, it took its time.</summary>
    public async Task<CheckResult> LatencyAsync(CancellationToken cancellationToken)
    {
        List<TimeSpan> times = [];
        for (int i = 0; i < Samples; i++)
        {
            TimeSpan started = clock.Elapsed;
            try
            {
                await AskAsync(Alive, (headers, _) => headers, cancellationToken).ConfigureAwait(false);
            }
            catch (CBorgException e) when (e.StatusCode is not null)
            {
                // A refusal is an answer, too.
            }

            times.Add(clock.Elapsed - started);
        }

        times.Sort();
        double median = times[Samples / 2].TotalMilliseconds;
        return CheckResult.Passed(Invariant($"{median:0} ms from request to answer (median of {Samples})."));
    }

    /// <summary>Newer versions keep it to themselves.</summary>
    private async Task<string?> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(Ready, (headers, body) => headers.Version ?? body.Text("litellm_version"), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (CBorgException)
        {
            return null;
        }
    }

    private Task<T?> AskAsync<T>(string path, Func<ReplyHeaders, JsonElement, T?> read, CancellationToken cancellationToken)
        where T : class =>
        caller.SendAsync(
            new CallRequest
            {
                Path = path,
                Authorize = false,
                MaximumRetryCount = 0,
            },
            read,
            null,
            cancellationToken
        );
}
