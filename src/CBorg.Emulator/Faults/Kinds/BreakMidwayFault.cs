using System.Collections.Generic;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Ends the line after so many events; a plain body in its middle.</summary>
internal sealed class BreakMidwayFault(int after, LineEnd how) : Fault
{
    private int _events;

    public override IEnumerable<ReplyStep> Pass(ReplyStep step)
    {
        if (step is EventStep { IsPlainBody: true } body)
        {
            return [body with { Text = body.Text[..(body.Text.Length / 2)] }, new BreakStep(how)];
        }

        if (step is EventStep { IsData: true } && _events++ >= after)
        {
            return [new BreakStep(how)];
        }

        return [step];
    }
}
