using System.Management.Automation;
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

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Run(
            null,
            async row =>
            {
                bool works = true;
                await Client
                    .TestAsync(
                        check =>
                        {
                            works &= check.Outcome != CheckOutcome.Failed;
                            return Quiet ? Task.CompletedTask : row.WriteAsync(check);
                        },
                        row.CancellationToken
                    )
                    .ConfigureAwait(false);
                if (Quiet)
                {
                    row.Write(works);
                }
            }
        );
}
