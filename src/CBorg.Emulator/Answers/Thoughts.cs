namespace CBorg.Emulator.Answers;

/// <summary>What a reasoning model thinks before it answers: more sentences for more effort.</summary>
internal static class Thoughts
{
    /// <summary>The thoughts, or null when the model does not think about this request.</summary>
    public static string? Of(JsonObject request, Conversation conversation, ModelTraits traits)
    {
        var effort =
            request.Text("reasoning_effort")
            ?? (request["reasoning_effort"] as JsonObject)?.Text("effort")
            ?? traits.ReasoningEffort;
        var asked = effort is not null || (request["thinking"] as JsonObject)?.Text("type") is "enabled" or "adaptive";
        if (traits.Reasoning == ReasoningKind.None || effort == "none" || (traits.Reasoning == ReasoningKind.OnRequest && !asked))
        {
            return null;
        }

        return string.Join(' ', Sentences(conversation).Take(SentencesFor(effort)));
    }

    private static int SentencesFor(string? effort) =>
        effort switch
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
        yield return conversation.System.Length == 0
            ? "No system prompt tells me how to answer."
            : "A system prompt tells me how to answer.";
        yield return "I look for a question that I know.";
        yield return "Letters, sums, echoes and labels come first.";
        yield return "If none fits, I describe what I received.";
        yield return "I check the wanted form of the answer once more.";
        yield return "Now I write it down.";
    }
}

/// <summary>Where an answer has to end: stop texts and the number of tokens.</summary>
internal sealed class OutputLimits(JsonObject request, ModelTraits traits)
{
    private readonly int _tokens = Smallest(
        request.Whole("max_completion_tokens") ?? request.Whole("max_tokens"),
        traits.MaxOutputTokens
    );
    private readonly IReadOnlyList<string> _stops = Stops(request["stop"]);

    /// <summary>Thoughts come first and use the tokens up; what is left is for text and tool calls.</summary>
    public AnswerChoice Apply(string? thoughts, string? text, IReadOnlyList<ToolCall> calls)
    {
        var keptThoughts = thoughts is null ? null : TokenCounter.Cut(thoughts, _tokens);
        var left = _tokens - TokenCounter.Count(keptThoughts);
        if (keptThoughts != thoughts || (thoughts is not null && left == 0))
        {
            return new AnswerChoice(null, keptThoughts, [], "length");
        }

        var stopped = text is null ? null : Stopped(text);
        var keptText = stopped is null ? null : TokenCounter.Cut(stopped, left);
        if (keptText != stopped)
        {
            return new AnswerChoice(keptText, keptThoughts, [], "length");
        }

        var keptCalls = calls.Select(call => call with { Arguments = TokenCounter.Cut(call.Arguments, left) }).ToList();
        var cut = keptCalls.Zip(calls).Any(pair => pair.First != pair.Second);
        return new AnswerChoice(
            keptText,
            keptThoughts,
            keptCalls,
            cut ? "length"
                : calls.Count > 0 ? "tool_calls"
                : "stop"
        );
    }

    private string Stopped(string text)
    {
        var end = _stops
            .Select(stop => text.IndexOf(stop, System.StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(text.Length)
            .Min();
        return text[..end];
    }

    private static int Smallest(int? asked, int? most) =>
        System.Math.Max(1, System.Math.Min(asked ?? int.MaxValue, most ?? int.MaxValue));

    private static List<string> Stops(JsonNode? stop) =>
        (
            stop switch
            {
                JsonArray list => list.Select(text => text?.ToString() ?? ""),
                null => [],
                _ => [stop.ToString()],
            }
        )
            .Where(text => text.Length > 0)
            .ToList();
}
