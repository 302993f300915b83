using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>Puts an answer together, from the one body of a plain reply or from the pieces of a stream.</summary>
internal sealed class ChatAccumulator
{
    private readonly SortedDictionary<int, ChoiceBuilder> _choices = [];

    public Usage? Usage { get; private set; }

    public bool HasChoices => _choices.Count > 0;

    /// <summary>Whether anything that a user would see has come: text, thoughts or tool calls.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Whether every choice that has begun has ended.</summary>
    public bool Finished => _choices.Count > 0 && _choices.Values.All(choice => choice.FinishReason is not null);

    /// <summary>Takes a chunk of a stream or the body of a plain reply.</summary>
    /// <returns>The new text and thoughts of the first choice.</returns>
    public (string Text, string Reasoning) Add(JsonElement chunk)
    {
        Usage = Usage.Read(chunk.Member("usage")) ?? Usage;
        string text = "";
        string reasoning = "";
        foreach (JsonElement choice in chunk.Items("choices"))
        {
            if (choice.ValueKind != JsonValueKind.Object || (choice.Member("delta") ?? choice.Member("message")) is not { } message)
            {
                continue;
            }

            int index = (int)(choice.Integer("index") ?? 0);
            if (!_choices.TryGetValue(index, out ChoiceBuilder? builder))
            {
                _choices[index] = builder = new ChoiceBuilder();
            }

            (string newText, string newReasoning, bool content) = builder.Add(message, choice.Text("finish_reason"));
            HasContent |= content;
            if (index == 0)
            {
                (text, reasoning) = (text + newText, reasoning + newReasoning);
            }
        }

        return (text, reasoning);
    }

    public IReadOnlyList<ChatChoice> Choices()
    {
        List<ChatChoice> choices = new(_choices.Count);
        foreach (KeyValuePair<int, ChoiceBuilder> choice in _choices)
        {
            choices.Add(choice.Value.Build(choice.Key));
        }

        return choices;
    }
}
