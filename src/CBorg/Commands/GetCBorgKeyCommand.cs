using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>Get-CBorgKey: what the proxy knows of the key in use.</summary>
[Cmdlet(VerbsCommon.Get, "CBorgKey")]
[OutputType(typeof(KeyInfo))]
public sealed class GetCBorgKeyCommand : ServiceCmdlet
{
    internal override Task EndAsync(PipelineThread pipeline, CancellationToken cancellationToken) => ForInputAsync(pipeline, null, async () =>
        await WriteAsync(pipeline, await Client.GetKeyAsync(Tell(pipeline), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false));
}
