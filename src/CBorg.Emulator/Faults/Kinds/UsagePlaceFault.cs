namespace CBorg.Emulator.Faults.Kinds;

/// <summary>
/// Puts usage where other servers put it. The chunks are held back until usage is known; a stream that has none passes unchanged.
/// </summary>
internal sealed class UsagePlaceFault(string place) : Fault
{
    public static readonly string[] Places = ["first", "every", "finish", "after-empty", "empty-choices", "after-done"];

    private readonly List<EventStep> _held = [];
    private JsonNode? _usage;
    private JsonObject? _usageChunk;

    public override IEnumerable<ReplyStep> Pass(ReplyStep step)
    {
        if (step is not EventStep { IsPlainBody: false } replyEvent)
        {
            return [step];
        }

        if (replyEvent.Json is { } json && json["usage"] is JsonObject usage)
        {
            _usage = usage.DeepClone();
            json.Remove("usage");
            _usageChunk = ChunkReading.SaysNothing(json) ? json : null;
            if (_usageChunk is null)
            {
                _held.Add(replyEvent.With(json));
            }

            return [];
        }

        _held.Add(replyEvent);
        return [];
    }

    public override IEnumerable<ReplyStep> AtEnd() =>
        _usage is null
            ? _held
            : place switch
            {
                "first" => _held.Select((step, index) => index == 0 ? WithUsage(step) : step),
                "every" => _held.Select(WithUsage),
                "finish" => _held.Select(step => step.Json is { } json && ChunkReading.Finishes(json) ? WithUsage(step) : step),
                "after-empty" => BeforeDone(
                    EventStep.Data(Chunk(new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject() }), null)),
                    OwnChunk()
                ),
                "after-done" => [.. _held, OwnChunk()],
                _ => BeforeDone(EventStep.Data(Chunk(new JsonArray(), _usage))),
            };

    private EventStep OwnChunk() => EventStep.Data(Chunk(new JsonArray(), _usage));

    private EventStep WithUsage(EventStep step)
    {
        if (step.Json is not { } json)
        {
            return step;
        }

        json["usage"] = _usage!.DeepClone();
        return step.With(json);
    }

    private JsonObject Chunk(JsonArray choices, JsonNode? usage)
    {
        var chunk = (_usageChunk ?? _held.Select(step => step.Json).FirstOrDefault(json => json is not null) ?? [])
            .DeepClone()
            .AsObject();
        chunk["choices"] = choices;
        if (usage is not null)
        {
            chunk["usage"] = usage.DeepClone();
        }

        return chunk;
    }

    private IEnumerable<EventStep> BeforeDone(params EventStep[] more)
    {
        var done = _held.FindIndex(step => step.IsDone);
        var end = done < 0 ? _held.Count : done;
        return _held.Take(end).Concat(more).Concat(_held.Skip(end));
    }
}
