using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Answers;

/// <summary>What a reasoning model thinks before it answers: more sentences for more effort.</summary>
internal static class Thoughts
{
    /// <summary>The thoughts, or null when the model does not think about this request.</summary>
    public static string? Of(JsonObject request, Conversation conversation, ModelTraits traits)
    {
        var effort = request.Text("reasoning_effort") ?? (request["reasoning_effort"] as JsonObject)?.Text("effort") ?? traits.ReasoningEffort;
        var asked = effort is not null || (request["thinking"] as JsonObject)?.Text("type") is "enabled" or "adaptive";
        if (traits.Reasoning == ReasoningKind.None || effort == "none" || (traits.Reasoning == ReasoningKind.OnRequest && !asked))
        {
            return null;
        }

        return string.Join(' ', Sentences(conversation).Take(SentencesFor(effort)));
    }

    private static int SentencesFor(string? effort) => effort switch
    {
        "minimal" => 1,
        "low" => 2,
        "high" => 5,
        "xhigh" or "max" => 7,
        _ => 3,
    };

    private static IEnumerable<string> Sentences(Conversation conversation)
    {
        var words = conversation.Prompt.Split(' ').Length;
        yield return $"The last message has {words} words.";
        yield return conversation.System.Length == 0 ? "No system prompt tells me how to answer." : "A system prompt tells me how to answer.";
        yield return "I look for a question that I know.";
        yield return "Letters, sums, echoes and labels come first.";
        yield return "If none fits, I describe what I received.";
        yield return "I check the wanted form of the answer once more.";
        yield return "Now I write it down.";
    }
}
