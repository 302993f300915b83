using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Members of every type that no client can know, in the object, its choices and their deltas or messages.</summary>
internal sealed class UnknownMembersFault : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step)
    {
        if (step is not EventStep { Json: { } json } replyEvent)
        {
            return [step];
        }

        AddTo(json);
        foreach (var choice in (json["choices"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            AddTo(choice);
            AddTo((choice["delta"] ?? choice["message"]) as JsonObject);
        }

        AddTo(json["usage"] as JsonObject);
        return [replyEvent.With(json)];
    }

    private static void AddTo(JsonObject? holder)
    {
        if (holder is not null)
        {
            holder["x_unknown"] = new JsonObject { ["text"] = "?", ["number"] = 1.5, ["list"] = new JsonArray(1, null, "a"), ["flag"] = true };
        }
    }
}
