using System.Collections.Generic;
using System.Linq;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Puts lines before every event of a stream that a reader has to pass over.</summary>
internal sealed class NoiseFault(params string[] noise) : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step is EventStep { IsPlainBody: false } ? [.. noise.Select(text => new EventStep(text)), step] : [step];
}
