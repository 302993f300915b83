using System;
using System.Collections.Generic;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Falls silent after so many events, or at the end when there are not that many; in the middle of a plain body.</summary>
internal sealed class StallMidwayFault(int after, TimeSpan? time) : Fault
{
    private int _events;
    private bool _stalled;

    public override IEnumerable<ReplyStep> Pass(ReplyStep step)
    {
        if (step is EventStep { IsPlainBody: true } body && after != int.MaxValue)
        {
            _stalled = true;
            var middle = body.Text.Length / 2;
            return [body with { Text = body.Text[..middle] }, new PauseStep(time), body with { Text = body.Text[middle..] }];
        }

        if (step is EventStep { IsData: true } && !_stalled && _events++ >= after)
        {
            _stalled = true;
            return [new PauseStep(time), step];
        }

        return [step];
    }

    public override IEnumerable<ReplyStep> AtEnd() => _stalled ? [] : [new PauseStep(time)];
}
