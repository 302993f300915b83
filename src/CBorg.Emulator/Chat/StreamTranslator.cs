using System.Runtime.CompilerServices;

namespace CBorg.Emulator.Chat;

/// <summary>A provider's stream as LiteLLM passes it on: what is said, what is left out, and how it ends.</summary>
internal sealed class StreamTranslator
{
    private readonly LlmCall _llm;
    private readonly StreamTraits _traits;
    private readonly StreamErrors _errors;
    private readonly StreamRecord _record = new();
    private readonly ChunkWriter _writer;
    private bool _roleSent;

    public StreamTranslator(LlmCall llm)
    {
        _llm = llm;
        _traits = llm.Personality.Streams;
        _errors = new StreamErrors(llm.Personality, llm.Deployment!, llm.Model!);
        _writer = new ChunkWriter(llm);
    }

    /// <summary>What was used; complete when the stream has ended.</summary>
    public JsonObject Usage => _record.Usage(_llm);

    /// <summary>What a stream used of which nothing was sent.</summary>
    public JsonObject UsageOfPrompt => Chat.Usage.Counted(TokenCounter.CountMessages(_llm.Body["messages"] as JsonArray), 0);

    public async IAsyncEnumerable<StreamPiece> TranslateAsync(
        IAsyncEnumerable<ProviderEvent> events,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await foreach (var e in events.WithCancellation(cancellation))
        {
            if (e is ProviderDone)
            {
                break;
            }

            if (ErrorOf(e) is { } error)
            {
                yield return StreamPiece.Of(error);
                yield break;
            }

            if (e is not ProviderChunk chunk)
            {
                break;
            }

            foreach (var piece in Pass(chunk.Json))
            {
                yield return StreamPiece.Of(piece);
            }
        }

        foreach (var piece in Ending())
        {
            yield return StreamPiece.Of(piece);
        }
    }

    public ProxyError Stalled() => _errors.Stalled(_llm.Timeout);

    private ProxyError? ErrorOf(ProviderEvent e) =>
        e switch
        {
            ProviderGarbage => _errors.Garbage(),
            ProviderBreak when _traits.BreaksAreErrors => _errors.Broken(),
            ProviderChunk { Json: var json } when json["error"] is { } error => _errors.FromProvider(error),
            _ => null,
        };

    private IEnumerable<JsonObject> Pass(JsonObject chunk)
    {
        _record.Note(chunk);
        _writer.Follow(chunk);
        foreach (var choice in (chunk["choices"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var delta = DeltaOf(choice["delta"] as JsonObject ?? []);
            if (delta is not null)
            {
                yield return _writer.Delta(choice["index"], delta);
            }

            if (choice["finish_reason"] is { } finish)
            {
                _record.Finished = true;
                yield return _writer.Finish(choice["index"], finish);
            }
        }
    }

    /// <summary>The delta without what says nothing; null when nothing is left.</summary>
    private JsonObject? DeltaOf(JsonObject provider)
    {
        var delta = DeltaCleaner.Clean(provider);
        if (delta.Count > 0)
        {
            return WithRole(delta);
        }

        if (!_traits.RoleChunkFirst || _roleSent || !provider.ContainsKey("role"))
        {
            return null;
        }

        return provider["content"] is { } content ? WithRole(new JsonObject { ["content"] = content.DeepClone() }) : WithRole([]);
    }

    private JsonObject WithRole(JsonObject delta)
    {
        if (!_roleSent)
        {
            _roleSent = true;
            delta["role"] = "assistant";
        }

        return delta;
    }

    /// <summary>The end that a provider left out, usage, and what some generations add.</summary>
    private IEnumerable<JsonObject> Ending()
    {
        if (!_record.Finished)
        {
            yield return _writer.Finish(0, "stop");
        }

        if (!_llm.WantsUsage)
        {
            yield break;
        }

        if (_record.IsEmpty)
        {
            yield return _writer.Delta(0, []);
            yield break;
        }

        var counted = _traits.HostedUsageIsCounted && _llm.Deployment!.OnPrem;
        yield return _writer.Usage(Usage, withFingerprint: counted || !_record.UsageCameAlone);
        if (counted)
        {
            yield return _writer.Delta(0, []);
        }
    }
}
