namespace CBorg.Emulator.Faults.Kinds;

internal sealed class NoDoneFault : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step) => step is EventStep { IsDone: true } ? [] : [step];
}

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

/// <summary>Puts lines before every event of a stream that a reader has to pass over.</summary>
internal sealed class NoiseFault(params string[] noise) : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step is EventStep { IsPlainBody: false } ? [.. noise.Select(text => new EventStep(text)), step] : [step];
}

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
            holder["x_unknown"] = new JsonObject
            {
                ["text"] = "?",
                ["number"] = 1.5,
                ["list"] = new JsonArray(1, null, "a"),
                ["flag"] = true,
            };
        }
    }
}

/// <summary>CRLF instead of LF, the blank line after each event included.</summary>
internal sealed class CrlfFault : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step is EventStep { IsPlainBody: false } text
            ? [text with { Text = text.Text.Replace("\n", "\r\n", StringComparison.Ordinal), LineEnd = "\r\n" }]
            : [step];
}

internal sealed class NoSpaceFault : Fault
{
    public override IEnumerable<ReplyStep> Pass(ReplyStep step) =>
        step is EventStep { IsPlainBody: false } text && text.Text.StartsWith("data: ", StringComparison.Ordinal)
            ? [text with { Text = "data:" + text.Text["data: ".Length..] }]
            : [step];
}

internal static class ChunkReading
{
    /// <summary>A chunk without text, calls, role or finish_reason.</summary>
    public static bool SaysNothing(JsonObject chunk) =>
        chunk["choices"] is not JsonArray choices
        || choices
            .OfType<JsonObject>()
            .All(choice => choice["delta"] is not JsonObject { Count: > 0 } && choice["finish_reason"] is null);

    public static bool Finishes(JsonObject chunk) =>
        chunk["choices"] is JsonArray choices && choices.OfType<JsonObject>().Any(choice => choice["finish_reason"] is not null);
}
