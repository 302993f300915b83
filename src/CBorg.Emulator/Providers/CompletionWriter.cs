using System.Text;

namespace CBorg.Emulator.Providers;

/// <summary>Writes an answer down in OpenAI's form: as one body, or as chunks word by word.</summary>
internal sealed class CompletionWriter(Answer answer, ProviderRequest request)
{
    private readonly string _id = $"chatcmpl-{Guid.NewGuid():N}";
    private readonly long _created = request.World.Now.ToUnixTimeSeconds();
    private readonly UsageWriter _usage = new(answer, request.Deployment);
    private readonly bool _isClaude = request.Deployment.ProviderModel.Contains("claude", StringComparison.OrdinalIgnoreCase);

    public JsonObject Body()
    {
        var body = Envelope("chat.completion");
        body["choices"] = new JsonArray([.. answer.Choices.Select(Choice)]);
        body["usage"] = _usage.Write();
        return body;
    }

    public IEnumerable<JsonObject> Chunks()
    {
        foreach (var (choice, index) in answer.Choices.Select((choice, index) => (choice, index)))
        {
            yield return Chunk(index, new JsonObject { ["role"] = "assistant", ["content"] = "" });
            foreach (var delta in Deltas(choice))
            {
                yield return Chunk(index, delta);
            }

            yield return Chunk(index, [], choice.FinishReason);
        }

        if (request.Body["stream_options"] is JsonObject wishes && wishes.Flag("include_usage") == true)
        {
            var last = Envelope("chat.completion.chunk");
            last["choices"] = new JsonArray();
            last["usage"] = _usage.Write();
            yield return last;
        }
    }

    private IEnumerable<JsonObject> Deltas(AnswerChoice choice)
    {
        foreach (var word in ByWord(choice.Reasoning ?? ""))
        {
            yield return new JsonObject { ["reasoning_content"] = word };
        }

        if (ThinkingBlocks(choice) is { } blocks)
        {
            yield return new JsonObject { ["reasoning_content"] = "", ["thinking_blocks"] = blocks };
        }

        foreach (var word in ByWord(choice.Text ?? ""))
        {
            yield return new JsonObject { ["content"] = word };
        }

        foreach (var (call, index) in choice.ToolCalls.Select((call, index) => (call, index)))
        {
            var opening = call with { Arguments = "" };
            yield return ToolDelta(index, opening.ToJson());
            foreach (var piece in TokenCounter.Pieces(call.Arguments).Chunk(4))
            {
                yield return ToolDelta(
                    index,
                    new JsonObject { ["function"] = new JsonObject { ["arguments"] = string.Concat(piece) } }
                );
            }
        }
    }

    private static JsonObject ToolDelta(int index, JsonObject call)
    {
        var piece = new JsonObject { ["index"] = index };
        foreach (var (name, value) in call)
        {
            piece[name] = value?.DeepClone();
        }

        return new JsonObject { ["tool_calls"] = new JsonArray(piece) };
    }

    private JsonNode Choice(AnswerChoice choice, int index) =>
        new JsonObject
        {
            ["index"] = index,
            ["message"] = MessageOf(choice),
            ["finish_reason"] = choice.FinishReason,
        };

    private JsonObject MessageOf(AnswerChoice choice)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = choice.Text };
        if (choice.Reasoning is not null)
        {
            message["reasoning_content"] = choice.Reasoning;
        }

        if (ThinkingBlocks(choice) is { } blocks)
        {
            message["thinking_blocks"] = blocks;
        }

        if (choice.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. choice.ToolCalls.Select(call => (JsonNode)call.ToJson())]);
        }

        return message;
    }

    // Claude signs its thoughts; its streams tell the signature with the whole thought at the end.
    private JsonArray? ThinkingBlocks(AnswerChoice choice) =>
        !_isClaude || choice.Reasoning is not { } thinking
            ? null
            : new JsonArray(
                new JsonObject
                {
                    ["type"] = "thinking",
                    ["thinking"] = thinking,
                    ["signature"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Stable.Hex(thinking, 24))),
                }
            );

    private JsonObject Chunk(int index, JsonObject delta, string? finish = null)
    {
        var chunk = Envelope("chat.completion.chunk");
        chunk["choices"] = new JsonArray(
            new JsonObject
            {
                ["index"] = index,
                ["delta"] = delta,
                ["finish_reason"] = finish,
            }
        );
        return chunk;
    }

    private JsonObject Envelope(string kind) =>
        new()
        {
            ["id"] = _id,
            ["object"] = kind,
            ["created"] = _created,
            ["model"] = request.Deployment.ProviderModel,
        };

    // A word and the blanks before it, so that the pieces put together are the text.
    private static IEnumerable<string> ByWord(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && !char.IsWhiteSpace(text[i - 1]))
            {
                yield return text[start..i];
                start = i;
            }
        }

        if (text.Length > 0)
        {
            yield return text[start..];
        }
    }
}
