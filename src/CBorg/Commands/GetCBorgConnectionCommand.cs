using System.Management.Automation;
using CBorg.Errors;
using CBorg.Module;

namespace CBorg.Commands;

/// <summary>Get-CBorgConnection: where this runspace talks to, without secrets.</summary>
[Cmdlet(VerbsCommon.Get, "CBorgConnection")]
[OutputType(typeof(ConnectionInfo))]
public sealed class GetCBorgConnectionCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            WriteObject(ConnectionState.Current.Client.Connection);
        }
        catch (CBorgException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
        }
    }
}
