using System.Collections.Generic;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>One more event, without sense, after so many; or such a body instead of the plain one.</summary>
internal sealed class GarbageFault(int after, string? text) : Fault
{
    private readonly string _text = text ?? "<<< this is not JSON >>>";
    private int _events;

    public override IEnumerable<ReplyStep> Pass(ReplyStep step) => step switch
    {
        EventStep { IsPlainBody: true } body => [body with { Text = _text }],
        EventStep { IsData: true } when _events++ == after => [new EventStep("data: " + _text), step],
        _ => [step],
    };
}
