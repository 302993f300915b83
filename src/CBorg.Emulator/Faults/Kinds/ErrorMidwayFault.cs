using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Faults.Kinds;

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
            ["message"] = arguments.Text("message") ?? "litellm.APIConnectionError: APIConnectionError: OpenAIException - The line to the provider broke.",
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
        return _done ? [error, new EventStep("data: [DONE]"), new BreakStep(LineEnd.Finish)] : [error, new BreakStep(LineEnd.Finish)];
    }
}
