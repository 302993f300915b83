using System;
using System.Collections.Generic;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>CRLF instead of LF, the blank line after each event included.</summary>
internal sealed class CrlfFault : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step is EventStep { IsPlainBody: false } text
            ? [text with { Text = text.Text.Replace("\n", "\r\n", StringComparison.Ordinal), LineEnd = "\r\n" }]
            : [step];
}
