using System.Management.Automation;
using CBorg.Module;

namespace CBorg.Commands;

/// <summary>Stop-CBorgEmulator: ends emulators that this session started.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CBorgEmulator", SupportsShouldProcess = true)]
public sealed class StopCBorgEmulatorCommand : PSCmdlet
{
    /// <summary>Which one; all of this session without it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public int[]? ProcessId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (int id in ProcessId ?? [])
        {
            if (ShouldProcess($"process {id}", "Stop the emulator") && !EmulatorProcess.Stop(id))
            {
                WriteError(
                    new ErrorRecord(
                        new ItemNotFoundException(
                            $"This session started no emulator with process id {id}, or it has already ended."
                        ),
                        "EmulatorNotFound",
                        ErrorCategory.ObjectNotFound,
                        id
                    )
                );
            }
        }

        if (ProcessId is null && ShouldProcess("all emulators of this session", "Stop"))
        {
            EmulatorProcess.StopAll();
        }
    }
}
