using System.Management.Automation;
using CBorg.Module;

namespace CBorg.Commands;

/// <summary>Disconnect-CBorg: forgets what Connect-CBorg was given; the environment's connection is in force again.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CBorg")]
public sealed class DisconnectCBorgCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        bool was = ConnectionState.Current.Disconnect();
        WriteVerbose(
            was
                ? $"Disconnected. {EnvironmentOptions.KeySource} is in force again, if it is set."
                : "There was no connection made with Connect-CBorg."
        );
    }
}
