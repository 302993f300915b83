using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>Builds the chunks of a scripted stream.</summary>
internal sealed class ScriptedChunks(string model, DateTimeOffset created)
{
    public ProviderChunk Role(bool withContent) =>
        Delta(new JsonObject { ["role"] = "assistant", ["content"] = withContent ? "" : null });

    public ProviderChunk Text(string text) => Delta(new JsonObject { ["content"] = text });

    public ProviderChunk Reasoning(string text) => Delta(new JsonObject { ["reasoning_content"] = text });

    public ProviderChunk Finish(string reason) => Delta([], reason);

    public ProviderChunk Usage(JsonObject usage)
    {
        var chunk = Chunk([]);
        chunk["usage"] = usage;
        return new ProviderChunk(chunk);
    }

    public ProviderChunk ToolCall(int index, string? id, string? name, string arguments)
    {
        var function = new JsonObject { ["arguments"] = arguments };
        var call = new JsonObject { ["index"] = index, ["function"] = function };
        if (id is not null)
        {
            call["id"] = id;
            call["type"] = "function";
            function["name"] = name;
        }

        return Delta(new JsonObject { ["tool_calls"] = new JsonArray(call) });
    }

    /// <summary>All of a script's answer, as OpenAI's models stream it.</summary>
    public IEnumerable<ProviderChunk> Answer(Script script)
    {
        yield return Role(!string.IsNullOrEmpty(script.Text) || script.Text == "");
        foreach (var word in Words(script.Reasoning))
        {
            yield return Reasoning(word);
        }

        foreach (var word in Words(script.Text))
        {
            yield return Text(word);
        }

        for (var i = 0; i < script.ToolCalls.Count; i++)
        {
            var (name, arguments) = script.ToolCalls[i];
            yield return ToolCall(i, $"call_abc{i + 1}", name, "");
            foreach (var piece in arguments.Chunk(6))
            {
                yield return ToolCall(i, null, null, new string(piece));
            }
        }

        yield return Finish(script.FinishReason);
    }

    /// <summary>Words with the blank before them.</summary>
    private static IEnumerable<string> Words(string? text) =>
        string.IsNullOrEmpty(text) ? [] : text.Split(' ').Select((w, i) => i == 0 ? w : " " + w);

    private ProviderChunk Delta(JsonObject delta, string? finish = null) =>
        new(Chunk([new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }]));

    private JsonObject Chunk(JsonArray choices) => new()
    {
        ["id"] = ScriptedCompletion.Id,
        ["object"] = "chat.completion.chunk",
        ["created"] = created.ToUnixTimeSeconds(),
        ["model"] = model,
        ["system_fingerprint"] = ScriptedCompletion.Fingerprint,
        ["choices"] = choices,
    };
}
