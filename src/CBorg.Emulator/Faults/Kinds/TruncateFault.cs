using System.Collections.Generic;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Half of the JSON of one event, or of a plain body; the rest goes on as if nothing had been.</summary>
internal sealed class TruncateFault(int after) : Fault
{
    private int _events;

    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step is EventStep { IsData: true } text && (text.IsPlainBody || _events++ == after)
            ? [text with { Text = text.Text[..(text.Text.Length / 2)] }]
            : [step];
}
