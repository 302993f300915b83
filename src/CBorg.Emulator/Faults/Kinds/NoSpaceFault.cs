using System;
using System.Collections.Generic;

namespace CBorg.Emulator.Faults.Kinds;

internal sealed class NoSpaceFault : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step is EventStep { IsPlainBody: false } text && text.Text.StartsWith("data: ", StringComparison.Ordinal)
            ? [text with { Text = "data:" + text.Text["data: ".Length..] }]
            : [step];
}
