using System;
using System.Management.Automation;
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

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Daily)
        {
            Run(null, DailyAsync);
            return;
        }

        WriteVerbose("The proxy writes spend with a lag of about 5 s: calls of the last seconds may be missing.");
        Run(null, async row => row.Write(await Client.GetSpendAsync(row.OnEvent, row.CancellationToken).ConfigureAwait(false)));
    }

    private Task DailyAsync(RowSession row)
    {
        DateTime end = (EndDate ?? DateTime.UtcNow).Date;
        DateTime start = (StartDate ?? end.AddDays(1 - DefaultDays)).Date;
        if (start > end)
        {
            string message = FormattableString.Invariant($"-StartDate {start:yyyy-MM-dd} is after -EndDate {end:yyyy-MM-dd}.");
            throw new CBorgRequestException(ErrorKind.BadRequest, message, "Exchange the two.");
        }

        return Client.GetDailySpendAsync(start, end, row.WriteAsync, row.OnEvent, row.CancellationToken);
    }
}
