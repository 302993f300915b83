using System.Collections.Generic;
using System.Management.Automation;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>Get-CBorgRateLimit: the limits in force, how much of them is used, and how they are known.</summary>
[Cmdlet(VerbsCommon.Get, "CBorgRateLimit")]
[OutputType(typeof(RateLimit))]
public sealed class GetCBorgRateLimitCommand : ServiceCmdlet
{
    /// <summary>Asks the service for the key's and the user's limits anew.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Run(
            null,
            async row =>
            {
                IReadOnlyList<RateLimit> limits = await Client
                    .GetRateLimitsAsync(Refresh, row.OnEvent, row.CancellationToken)
                    .ConfigureAwait(false);
                foreach (RateLimit limit in limits)
                {
                    row.Write(limit);
                }
            }
        );
}
