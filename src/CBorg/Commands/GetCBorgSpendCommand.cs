using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Pipeline;

namespace CBorg.Commands;

/// <summary>Get-CBorgSpend: what was spent of the budget, or per day and model.</summary>
[Cmdlet(VerbsCommon.Get, "CBorgSpend", DefaultParameterSetName = "Budget")]
[OutputType(typeof(SpendInfo), ParameterSetName = ["Budget"])]
[OutputType(typeof(DailySpend), ParameterSetName = ["Daily"])]
public sealed class GetCBorgSpendCommand : ServiceCmdlet
{
    private const int DefaultDays = 30;

    /// <summary>One row per day and model.</summary>
    [Parameter(ParameterSetName = "Daily", Mandatory = true)]
    public SwitchParameter Daily { get; set; }

    /// <summary>The first day; 30 days ago by default.</summary>
    [Parameter(ParameterSetName = "Daily")]
    public DateTime? StartDate { get; set; }

    /// <summary>The last day; today by default.</summary>
    [Parameter(ParameterSetName = "Daily")]
    public DateTime? EndDate { get; set; }

    internal override Task EndAsync(PipelineThread pipeline, CancellationToken cancellationToken) => ForInputAsync(pipeline, null, async () =>
    {
        if (Daily)
        {
            await DailyAsync(pipeline, cancellationToken).ConfigureAwait(false);
            return;
        }

        pipeline.Post(() => WriteVerbose("The proxy writes spend with a lag of about 5 s: calls of the last seconds may be missing."));
        await WriteAsync(pipeline, await Client.GetSpendAsync(Tell(pipeline), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    });

    private Task DailyAsync(PipelineThread pipeline, CancellationToken cancellationToken)
    {
        DateTime end = (EndDate ?? DateTime.UtcNow).Date;
        DateTime start = (StartDate ?? end.AddDays(1 - DefaultDays)).Date;
        if (start > end)
        {
            throw new CBorgRequestException(ErrorKind.BadRequest, $"-StartDate {start:yyyy-MM-dd} is after -EndDate {end:yyyy-MM-dd}.", "Exchange the two.");
        }

        return Client.GetDailySpendAsync(start, end, day => WriteAsync(pipeline, day), Tell(pipeline), cancellationToken);
    }
}
