using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>Streams of scripted models: good ones, and those that go wrong on the way (up-s-*).</summary>
internal sealed class ScriptedStream(ScriptedChunks chunks, Waits waits)
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    public async IAsyncEnumerable<ProviderEvent> PlayAsync(
        Script script,
        bool usage,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await waits.DelayAsync(TimeSpan.FromSeconds(script.Pause), cancellation);
        foreach (var chunk in chunks.Answer(script))
        {
            yield return chunk;
            await waits.DelayAsync(TimeSpan.FromSeconds(script.WordPause), cancellation);
        }

        if (usage && script.Usage)
        {
            yield return chunks.Usage(ScriptedCompletion.Usage(script));
        }

        yield return new ProviderDone();
    }

    /// <summary>The fault is what follows "up-s-" in the model's name.</summary>
    public async IAsyncEnumerable<ProviderEvent> PlayFaultAsync(string fault, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var step in Steps(fault))
        {
            if (step is null)
            {
                await waits.DelayAsync(null, cancellation);
            }
            else
            {
                yield return step;
                await waits.DelayAsync(s_step, cancellation);
            }
        }
    }

    /// <summary>Whether anything of an answer comes; without that the provider sends no headers of its own either.</summary>
    public bool Opens(string fault) => Steps(fault) is [ProviderChunk { Json: var first }, ..] && first["error"] is null;

    /// <summary>Null stands for a silence without end.</summary>
    private List<ProviderEvent?> Steps(string fault) => fault switch
    {
        "empty" => [],
        "doneonly" => [new ProviderDone()],
        "errorfirst" => [Error()],
        "error" => [.. Opening(), Error()],
        "garbage" => [.. Opening(), new ProviderGarbage("{this is not JSON")],
        "reset" => [.. Opening(), new ProviderBreak(Reset: true)],
        "cut" => [.. Opening(), new ProviderBreak(Reset: false)],
        "stall" => [.. Opening(), null],
        "nofinish" => [.. Opening()],
        "nodone" => [.. Opening(), chunks.Text(" comes B."), chunks.Finish("stop")],
        "earlyusage" => [.. EarlyUsage(), new ProviderDone()],
        "sameindex" => [.. Opening(), .. SameIndex(), chunks.Finish("tool_calls"), new ProviderDone()],
        _ => [.. Opening(), chunks.Text(" comes B."), chunks.Finish("stop"), new ProviderDone()],
    };

    private List<ProviderEvent> Opening() => [chunks.Role(true), chunks.Text("After"), chunks.Text(" A")];

    private IEnumerable<ProviderEvent> SameIndex() =>
    [
        chunks.ToolCall(0, "call_abc1", "get_time", "{\"tz\": \"UTC\"}"),
        chunks.ToolCall(0, "call_abc2", "get_weather", "{\"city\": \"Z\\u00fcrich\"}"),
    ];

    private IEnumerable<ProviderEvent> EarlyUsage()
    {
        foreach (var chunk in Opening().Append(chunks.Text(" comes B.")).Append(chunks.Finish("stop")).Cast<ProviderChunk>())
        {
            chunk.Json["usage"] = ScriptedCompletion.Usage(new Script());
            yield return chunk;
        }
    }

    private static ProviderChunk Error() => new(new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["message"] = "The server had an error while processing your request.",
            ["type"] = "server_error",
            ["param"] = null,
            ["code"] = null,
        },
    });
}
