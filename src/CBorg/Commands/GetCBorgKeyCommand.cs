using System.Management.Automation;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>Get-CBorgKey: what the proxy knows of the key in use.</summary>
[Cmdlet(VerbsCommon.Get, "CBorgKey")]
[OutputType(typeof(KeyInfo))]
public sealed class GetCBorgKeyCommand : ServiceCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Run(null, async row => row.Write(await Client.GetKeyAsync(row.OnEvent, row.CancellationToken).ConfigureAwait(false)));
}
