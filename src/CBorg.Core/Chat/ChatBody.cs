using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using CBorg.Core.Limits;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>The body of a chat request, and what it says that the client has to know. Members that a user added may change
/// all of it.</summary>
internal sealed class ChatBody
{
    private readonly ChatRequest _request;

    // Only where members were added.
    private readonly JsonObject? _merged;

    public ChatBody(ChatRequest request)
    {
        _request = request;
        _merged = request.ExtraBody is null ? null : ChatBodyExtra.Merge(Write(null), request.ExtraBody);
    }

    /// <summary>The longest answer, in tokens, where the request names none. Null: none is sent.</summary>
    public long? Cap { get; set; }

    public bool IsStream => _merged is null ? _request.Stream : ChatBodyExtra.IsStream(_merged);

    public bool HasMaxTokens => _merged is null ? _request.MaxTokens is not null : ChatBodyExtra.HasMaxTokens(_merged);

    /// <summary>What it will take of the tokens a minute.</summary>
    public TokenEstimate Estimate =>
        _merged is null
            ? new TokenEstimate(Characters(), Cap ?? _request.MaxTokens)
            : new TokenEstimate(Characters(), Cap ?? ChatBodyExtra.MaxTokens(_merged), ChatBodyExtra.Choices(_merged));

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToUtf8()
    {
        if (_merged is null)
        {
            return Write(Cap);
        }

        if (Cap is not null)
        {
            _merged["max_tokens"] = Cap;
        }

        return PlainJson.ToUtf8(_merged);
    }

    private long Characters()
    {
        long characters = 0;
        foreach (ChatMessage message in _request.Messages)
        {
            characters += message.Content?.Length ?? 0;
        }

        return characters;
    }

    private byte[] Write(long? cap)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, PlainJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("model", _request.Model);
            ChatMessages.Write(json, _request.Messages);
            WriteOptions(json);
            if (cap is { } longest)
            {
                json.WriteNumber("max_tokens", longest);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private void WriteOptions(Utf8JsonWriter json)
    {
        Write(json, "temperature", _request.Temperature);
        Write(json, "top_p", _request.TopP);
        Write(json, "max_tokens", _request.MaxTokens);
        Write(json, "seed", _request.Seed);
        if (_request.ReasoningEffort is { } effort)
        {
            json.WriteString("reasoning_effort", effort);
        }

        if (_request.Stop is { } stop)
        {
            Write(json, stop);
        }

        if (_request.Stream)
        {
            json.WriteBoolean("stream", true);
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> stop)
    {
        json.WriteStartArray("stop");
        foreach (string text in stop)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }
}
