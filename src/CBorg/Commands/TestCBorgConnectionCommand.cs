using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>Test-CBorgConnection: what works and what does not, step by step.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CBorgConnection", DefaultParameterSetName = "Steps")]
[OutputType(typeof(ConnectionCheck), ParameterSetName = ["Steps"])]
[OutputType(typeof(bool), ParameterSetName = ["Quiet"])]
public sealed class TestCBorgConnectionCommand : ServiceCmdlet
{
    /// <summary>Writes only whether all is well.</summary>
    [Parameter(ParameterSetName = "Quiet", Mandatory = true)]
    public SwitchParameter Quiet { get; set; }

    internal override async Task EndAsync(PipelineThread pipeline, CancellationToken cancellationToken)
    {
        bool works = true;
        await Client.TestAsync(
            check =>
            {
                works &= check.Outcome != CheckOutcome.Failed;
                return Quiet ? Task.CompletedTask : WriteAsync(pipeline, check);
            },
            cancellationToken).ConfigureAwait(false);
        if (Quiet)
        {
            await WriteAsync(pipeline, works).ConfigureAwait(false);
        }
    }
}
