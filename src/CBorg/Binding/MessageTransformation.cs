using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace CBorg.Binding;

/// <summary>Lets messages be given as messages, as hashtables (<c>@{ role = 'user'; content = 'Hi' }</c>), as earlier results, or as plain text (a user's message).</summary>
public sealed class MessageTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Messages(PlainValues.Unwrap(inputData)).ToArray();

    private static IEnumerable<ChatMessage> Messages(object? value) => value switch
    {
        null => [],
        ChatMessage message => [message],
        ChatResult result => result.Messages,
        string text => [new ChatMessage(ChatRole.User, text)],
        IDictionary dictionary => [FromDictionary(dictionary)],
        IEnumerable list => list.Cast<object?>().SelectMany(item => Messages(PlainValues.Unwrap(item))),
        PSObject row => [FromDictionary((IDictionary)PlainValues.From(row)!)],
        _ => throw new ArgumentTransformationMetadataException(
            $"A message is a hashtable like @{{ role = 'user'; content = 'Hi' }}, a CBorg.ChatMessage, an earlier result, or text; not {value.GetType().Name}."),
    };

    private static ChatMessage FromDictionary(IDictionary source)
    {
        Dictionary<string, object?> members = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in source)
        {
            members[entry.Key.ToString()!] = PlainValues.Unwrap(entry.Value);
        }

        string? unknown = members.Keys.FirstOrDefault(name => !s_known.Contains(name));
        if (unknown is not null || !members.ContainsKey("role"))
        {
            throw new ArgumentTransformationMetadataException(
                unknown is null ? "A message needs a role: 'system', 'user', 'assistant' or 'tool'." : $"A message has no member '{unknown}'. It has: {string.Join(", ", s_known)}.");
        }

        return new ChatMessage(Text("role")!, Text("content"))
        {
            ToolCallId = Text("tool_call_id"),
            CacheControl = members.TryGetValue("cache_control", out object? cache) && cache is not (null or false),
            Images = members.TryGetValue("image", out object? image) ? [.. Texts(image).Select(url => new ChatImage(url))] : [],
        };

        string? Text(string name) => members.TryGetValue(name, out object? value) ? value?.ToString() : null;
    }

    private static readonly string[] s_known = ["role", "content", "tool_call_id", "cache_control", "image"];

    private static IEnumerable<string> Texts(object? value) => value is IEnumerable list and not string ? list.Cast<object?>().Select(item => item?.ToString() ?? "") : [value?.ToString() ?? ""];
}
