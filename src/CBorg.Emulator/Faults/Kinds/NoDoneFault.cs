using System.Collections.Generic;

namespace CBorg.Emulator.Faults.Kinds;

internal sealed class NoDoneFault : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step) => step is EventStep { IsDone: true } ? [] : [step];
}
