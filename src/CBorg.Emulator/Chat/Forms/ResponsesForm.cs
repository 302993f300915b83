using System.Text;

namespace CBorg.Emulator.Chat.Forms;

/// <summary>OpenAI's responses: output in items; events without names that tell their type in the JSON, and [DONE].</summary>
internal sealed class ResponsesForm(LlmCall llm) : IConversationForm
{
    private readonly ResponseBody _body = new(llm);
    private readonly List<JsonObject> _output = [];
    private readonly StringBuilder _text = new();
    private JsonObject? _item;
    private JsonNode? _usage;
    private string _status = "completed";
    private int _sequence;
    private bool _started;

    public JsonObject Whole(JsonObject completion)
    {
        var choice = (completion["choices"] as JsonArray)?.FirstOrDefault();
        Finish((string?)choice?["finish_reason"]);
        return _body.Of(_status, Items(choice?["message"]), completion["usage"]);
    }

    public IEnumerable<string> Chunk(JsonObject chunk)
    {
        if (!_started)
        {
            _started = true;
            yield return Event("response.created", ("response", _body.Of("in_progress", [])));
            yield return Event("response.in_progress", ("response", _body.Of("in_progress", [])));
        }

        _usage = chunk["usage"]?.DeepClone() ?? _usage;
        foreach (var choice in (chunk["choices"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Finish((string?)choice["finish_reason"]);
            foreach (var e in Delta(choice["delta"] as JsonObject ?? []))
            {
                yield return e;
            }
        }
    }

    public IEnumerable<string> End()
    {
        foreach (var e in CloseItem())
        {
            yield return e;
        }

        yield return Event($"response.{_status}", ("response", _body.Of(_status, _output, _usage ?? new JsonObject())));
        yield return ChatForm.Data("[DONE]");
    }

    public string Error(ProxyError error) => ChatForm.Data(Json.Dumps(ErrorReply.Envelope(error)));

    private void Finish(string? reason) => _status = reason == "length" ? "incomplete" : _status;

    private IEnumerable<string> Delta(JsonObject delta)
    {
        if ((string?)delta["content"] is { Length: > 0 } text)
        {
            foreach (var e in (string?)_item?["type"] == "message" ? [] : OpenMessage())
            {
                yield return e;
            }

            yield return Piece("response.output_text.delta", text);
        }

        foreach (var call in (delta["tool_calls"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var e in call["id"] is null ? [] : OpenCall(call))
            {
                yield return e;
            }

            if ((string?)call["function"]?["arguments"] is { Length: > 0 } arguments)
            {
                yield return Piece("response.function_call_arguments.delta", arguments);
            }
        }
    }

    private string Piece(string type, string text)
    {
        _text.Append(text);
        return InItem(type, ("delta", text));
    }

    private IEnumerable<string> OpenMessage() =>
        [
            .. CloseItem(),
            Open(ResponseBody.MessageItem($"msg_{Guid.NewGuid():N}", "in_progress", null)),
            InItem("response.content_part.added", ("part", ResponseBody.TextPart(""))),
        ];

    private IEnumerable<string> OpenCall(JsonObject call) =>
        [.. CloseItem(), Open(ResponseBody.CallItem("in_progress", call, ""))];

    private string Open(JsonObject item)
    {
        _item = item;
        _text.Clear();
        return Event("response.output_item.added", ("output_index", _output.Count), ("item", item.DeepClone()));
    }

    private List<string> CloseItem()
    {
        if (_item is not { } item)
        {
            return [];
        }

        var text = _text.ToString();
        List<string> events = [];
        if ((string?)item["type"] == "message")
        {
            events.Add(InItem("response.output_text.done", ("text", text)));
            events.Add(InItem("response.content_part.done", ("part", ResponseBody.TextPart(text))));
            item["content"] = new JsonArray(ResponseBody.TextPart(text));
        }
        else
        {
            events.Add(InItem("response.function_call_arguments.done", ("name", item["name"]?.DeepClone()), ("arguments", text)));
            item["arguments"] = text;
        }

        item["status"] = "completed";
        events.Add(Event("response.output_item.done", ("output_index", _output.Count), ("item", item.DeepClone())));
        _output.Add(item);
        _item = null;
        return events;
    }

    /// <summary>An event that belongs to the open item.</summary>
    private string InItem(string type, params (string Name, JsonNode? Value)[] members)
    {
        (string, JsonNode?)[] place = [("item_id", _item!["id"]?.DeepClone()), ("output_index", _output.Count)];
        var isMessage = (string?)_item["type"] == "message";
        return isMessage ? Event(type, [.. place, ("content_index", 0), .. members]) : Event(type, [.. place, .. members]);
    }

    private string Event(string type, params (string Name, JsonNode? Value)[] members)
    {
        var json = new JsonObject { ["type"] = type, ["sequence_number"] = _sequence++ };
        foreach (var (name, value) in members)
        {
            json[name] = value;
        }

        return ChatForm.Data(Json.Write(json));
    }

    private static IEnumerable<JsonObject> Items(JsonNode? message)
    {
        if ((string?)message?["reasoning_content"] is { Length: > 0 } thought)
        {
            yield return ResponseBody.ReasoningItem(thought);
        }

        if ((string?)message?["content"] is { Length: > 0 } text)
        {
            yield return ResponseBody.MessageItem($"msg_{Guid.NewGuid():N}", "completed", text);
        }

        foreach (var call in message?["tool_calls"] as JsonArray ?? [])
        {
            yield return ResponseBody.CallItem("completed", call!, (string?)call!["function"]?["arguments"] ?? "");
        }
    }
}
