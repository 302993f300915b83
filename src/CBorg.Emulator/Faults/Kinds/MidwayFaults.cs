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

/// <summary>Falls silent after so many events, or at the end when there are not that many; in the middle of a plain
/// body.</summary>
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

/// <summary>An error object in the middle of a stream, and the end; [DONE] after it when asked for.</summary>
internal sealed class ErrorMidwayFault : Fault
{
    private readonly int _after;
    private readonly bool _done;
    private readonly JsonObject _error;
    private int _events;

    public ErrorMidwayFault(FaultArguments arguments)
    {
        var status = arguments.Whole("status", 500);
        _after = arguments.Whole("after", 1);
        _done = arguments.Has("done");
        _error = new JsonObject
        {
            ["message"] =
                arguments.Text("message")
                ?? "litellm.APIConnectionError: APIConnectionError: OpenAIException - The line to the provider broke.",
            ["type"] = arguments.Text("type"),
            ["param"] = null,
            ["code"] = arguments.OneOf("code", "text", "text", "number", "null") switch
            {
                "text" => status.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "number" => status,
                _ => null,
            },
        };
    }

    public override IEnumerable<ReplyStep> Pass(ReplyStep step)
    {
        if (step is not EventStep { IsData: true, IsPlainBody: false } || _events++ < _after)
        {
            return [step];
        }

        var error = EventStep.Data(new JsonObject { ["error"] = _error.DeepClone() });
        return _done
            ? [error, new EventStep("data: [DONE]"), new BreakStep(LineEnd.Finish)]
            : [error, new BreakStep(LineEnd.Finish)];
    }
}

/// <summary>Half of the JSON of one event, or of a plain body; the rest goes on as if nothing had been.</summary>
internal sealed class TruncateFault(int after) : Fault
{
    private int _events;

    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step is EventStep { IsData: true } text && (text.IsPlainBody || _events++ == after)
            ? [text with { Text = text.Text[..(text.Text.Length / 2)] }]
            : [step];
}

/// <summary>One more event, without sense, after so many; or such a body instead of the plain one.</summary>
internal sealed class GarbageFault(int after, string? text) : Fault
{
    private readonly string _text = text ?? "<<< this is not JSON >>>";
    private int _events;

    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step switch
        {
            EventStep { IsPlainBody: true } body => [body with { Text = _text }],
            EventStep { IsData: true } when _events++ == after => [new EventStep("data: " + _text), step],
            _ => [step],
        };
}
