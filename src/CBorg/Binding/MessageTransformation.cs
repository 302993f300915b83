using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace CBorg.Binding;

/// <summary>Lets messages be given as messages, as hashtables (<c>@{ role = 'user'; content = 'Hi' }</c>), as earlier
/// results, or as plain text (a user's message).</summary>
public sealed class MessageTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Messages(PlainValues.Unwrap(inputData)).ToArray();

    private static IEnumerable<ChatMessage> Messages(object? value) =>
        value switch
        {
            null => [],
            ChatMessage message => [message],
            ChatResult result => result.Messages,
            string text => [new ChatMessage(ChatRole.User, text)],
            IDictionary dictionary => [FromDictionary(dictionary)],
            IEnumerable list => list.Cast<object?>().SelectMany(item => Messages(PlainValues.Unwrap(item))),
            PSObject row => [FromDictionary((IDictionary)PlainValues.From(row)!)],
            _ => throw new ArgumentTransformationMetadataException(
                $"A message is a hashtable like @{{ role = 'user'; content = 'Hi' }}, a CBorg.ChatMessage, an earlier result, or text; not {value.GetType().Name}."
            ),
        };

    private static ChatMessage FromDictionary(IDictionary source)
    {
        Dictionary<string, object?> members = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in source)
        {
            members[entry.Key.ToString()!] = PlainValues.Unwrap(entry.Value);
        }

        string? unknown = members.Keys.FirstOrDefault(name => !s_known.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null || !members.ContainsKey("role"))
        {
            throw new ArgumentTransformationMetadataException(
                unknown is null
                    ? "A message needs a role: 'system', 'user', 'assistant' or 'tool'."
                    : $"A message has no member '{unknown}'. It has: {string.Join(", ", s_known)}."
            );
        }

        return new ChatMessage(Text("role")!, Text("content"))
        {
            ToolCallId = Text("tool_call_id"),
            CacheControl = members.TryGetValue("cache_control", out object? cache) && cache is not (null or false),
            Images = members.TryGetValue("image", out object? image) ? [.. Texts(image).Select(url => new ChatImage(url))] : [],
        };

        string? Text(string name) => members.TryGetValue(name, out object? value) ? PlainText(name, value) : null;
    }

    // Whatever is no text would go out as the name of its type.
    private static string? PlainText(string name, object? value) =>
        value switch
        {
            null => null,
            string text => text,
            IFormattable plain when plain.GetType().IsPrimitive || plain is decimal or Guid => plain.ToString(
                null,
                CultureInfo.InvariantCulture
            ),
            _ => throw new ArgumentTransformationMetadataException(
                $"The {name} of a message is text, not {value.GetType().Name}.{(name == "content" ? " Images go beside it: image = 'https://...'." : "")}"
            ),
        };

    private static readonly string[] s_known = ["role", "content", "tool_call_id", "cache_control", "image"];

    private static IEnumerable<string> Texts(object? value) =>
        value is IEnumerable list and not string
            ? list.Cast<object?>().Select(item => item?.ToString() ?? "")
            : [value?.ToString() ?? ""];
}
