using System.Runtime.CompilerServices;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>A script as a stream: the answer in words, or the steps that the script lists.</summary>
internal sealed class ScriptedStream(Script script, string model, World world)
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    private readonly DateTimeOffset _created = world.Now;

    /// <summary>Whether anything of an answer comes; without that the provider sends no headers of its own either.</summary>
    public bool Opens => script.Stream is not { } steps || (steps.Count > 0 && steps[0] == "opening");

    public async IAsyncEnumerable<ProviderEvent> PlayAsync(
        bool usage,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        if (script.Stream is not { } steps)
        {
            await world.Waits.DelayAsync(TimeSpan.FromSeconds(script.Pause), cancellation);
            foreach (var chunk in Answer())
            {
                yield return chunk;
                await world.Waits.DelayAsync(TimeSpan.FromSeconds(script.WordPause), cancellation);
            }

            if (usage && script.Usage)
            {
                var chunk = Chunk([]);
                chunk["usage"] = ScriptedCompletion.Usage(script);
                yield return new ProviderChunk(chunk);
            }

            yield return new ProviderDone();
            yield break;
        }

        foreach (var e in steps.SelectMany(Step))
        {
            if (e is null)
            {
                await world.Waits.DelayAsync(null, cancellation);
                continue;
            }

            yield return e;
            await world.Waits.DelayAsync(s_step, cancellation);
        }
    }

    /// <summary>Null stands for a silence without end.</summary>
    private IEnumerable<ProviderEvent?> Step(string name) =>
        name switch
        {
            "opening" => WithUsage([Role(true), Text("After"), Text(" A")]),
            "rest" => WithUsage([Text(" comes B."), Finish("stop")]),
            "calls" =>
            [
                .. script.ToolCalls.Select((call, i) => ToolCall(0, $"call_abc{i + 1}", call.Name, call.Arguments)),
                Finish("tool_calls"),
            ],
            "error" => [Error()],
            "garbage" => [new ProviderGarbage("{this is not JSON")],
            "break" => [new ProviderBreak()],
            "silence" => [null],
            "done" => [new ProviderDone()],
            _ => throw new InvalidOperationException($"A script's stream has no step '{name}'."),
        };

    private IEnumerable<ProviderChunk> WithUsage(ProviderChunk[] chunks)
    {
        foreach (var chunk in chunks.Where(_ => script.UsageOnEachChunk))
        {
            chunk.Json["usage"] = ScriptedCompletion.Usage(script);
        }

        return chunks;
    }

    /// <summary>All of the answer, as OpenAI's models stream it.</summary>
    private IEnumerable<ProviderChunk> Answer()
    {
        yield return Role(script.Text is not null);
        foreach (var word in Words(script.Reasoning))
        {
            yield return Delta(new JsonObject { ["reasoning_content"] = word });
        }

        foreach (var word in Words(script.Text))
        {
            yield return Text(word);
        }

        for (var i = 0; i < script.ToolCalls.Count; i++)
        {
            yield return ToolCall(i, $"call_abc{i + 1}", script.ToolCalls[i].Name, "");
            foreach (var piece in script.ToolCalls[i].Arguments.Chunk(6))
            {
                yield return ToolCall(i, null, null, new string(piece));
            }
        }

        yield return Finish(script.FinishReason);
    }

    /// <summary>Words with the blank before them.</summary>
    private static IEnumerable<string> Words(string? text) =>
        string.IsNullOrEmpty(text) ? [] : text.Split(' ').Select((w, i) => i == 0 ? w : " " + w);

    private ProviderChunk Role(bool withContent) =>
        Delta(new JsonObject { ["role"] = "assistant", ["content"] = withContent ? "" : null });

    private ProviderChunk Text(string text) => Delta(new JsonObject { ["content"] = text });

    private ProviderChunk Finish(string reason) => Delta([], reason);

    private ProviderChunk ToolCall(int index, string? id, string? name, string arguments)
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

    private static ProviderChunk Error() =>
        new(
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = "The server had an error while processing your request.",
                    ["type"] = "server_error",
                    ["param"] = null,
                    ["code"] = null,
                },
            }
        );

    private ProviderChunk Delta(JsonObject delta, string? finish = null) =>
        new(
            Chunk([
                new JsonObject
                {
                    ["index"] = 0,
                    ["delta"] = delta,
                    ["finish_reason"] = finish,
                },
            ])
        );

    private JsonObject Chunk(JsonArray choices) =>
        new()
        {
            ["id"] = ScriptedCompletion.Id,
            ["object"] = "chat.completion.chunk",
            ["created"] = _created.ToUnixTimeSeconds(),
            ["model"] = model,
            ["system_fingerprint"] = ScriptedCompletion.Fingerprint,
            ["choices"] = choices,
        };
}
