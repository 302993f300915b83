using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
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

    internal override async Task EndAsync(PipelineThread pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<RateLimit> limits = await Client.GetRateLimitsAsync(Refresh, Tell(pipeline), cancellationToken).ConfigureAwait(false);
        foreach (RateLimit limit in limits)
        {
            await WriteAsync(pipeline, limit).ConfigureAwait(false);
        }
    }
}
