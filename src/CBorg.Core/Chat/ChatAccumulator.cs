using System.Collections.Generic;
using System.Text.Json;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>Puts an answer together, from the one body of a plain reply or from the pieces of a stream.</summary>
internal sealed class ChatAccumulator
{
    // By index.
    private readonly List<ChoiceBuilder> _choices = new(1);

    public Usage? Usage { get; private set; }

    public bool HasChoices => _choices.Count > 0;

    /// <summary>Whether anything that a user would see has come: text, thoughts or tool calls.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Whether every choice that has begun has ended.</summary>
    public bool Finished => HasChoices && _choices.TrueForAll(static choice => choice.FinishReason is not null);

    /// <summary>Takes a chunk of a stream or the body of a plain reply.</summary>
    /// <returns>The new text and thoughts of the first choice.</returns>
    public (string Text, string Reasoning) Add(JsonElement chunk)
    {
        Usage = Usage.Read(chunk.Member("usage")) ?? Usage;
        string text = "";
        string reasoning = "";
        foreach (JsonElement choice in chunk.Items("choices"))
        {
            if (
                choice.ValueKind != JsonValueKind.Object
                || (choice.Member("delta") ?? choice.Member("message")) is not { } message
            )
            {
                continue;
            }

            ChoiceBuilder builder = Find((int)(choice.Integer("index") ?? 0));
            (string newText, string newReasoning, bool content) = builder.Add(message, choice.Text("finish_reason"));
            HasContent |= content;
            if (builder.Index == 0)
            {
                (text, reasoning) = (text + newText, reasoning + newReasoning);
            }
        }

        return (text, reasoning);
    }

    public IReadOnlyList<ChatChoice> Choices()
    {
        ChatChoice[] choices = new ChatChoice[_choices.Count];
        for (int i = 0; i < choices.Length; i++)
        {
            choices[i] = _choices[i].Build();
        }

        return choices;
    }

    private ChoiceBuilder Find(int index)
    {
        int at = 0;
        while (at < _choices.Count && _choices[at].Index < index)
        {
            at++;
        }

        if (at == _choices.Count || _choices[at].Index != index)
        {
            _choices.Insert(at, new ChoiceBuilder(index));
        }

        return _choices[at];
    }
}
