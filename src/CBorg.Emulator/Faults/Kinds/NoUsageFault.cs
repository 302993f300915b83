using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Takes usage out; a chunk that was there for nothing else goes with it.</summary>
internal sealed class NoUsageFault : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step)
    {
        if (step is not EventStep { Json: { } json } replyEvent || !json.Remove("usage"))
        {
            return [step];
        }

        return !replyEvent.IsPlainBody && ChunkReading.SaysNothing(json) ? [] : [replyEvent.With(json)];
    }
}
