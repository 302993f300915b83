using System.Text;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>One paragraph on what was received, for whatever nothing else answers.</summary>
internal sealed class SummarySkill(int promptTokens, int cachedTokens) : ISkill
{
    private const int FirstWords = 12;

    public string Answer(Conversation conversation)
    {
        var images = conversation.Messages.SelectMany(message => message.Images).ToList();
        var files = conversation.Messages.SelectMany(message => message.Files).ToList();
        var text = new StringBuilder();
        text.Append(Received(conversation.Messages));
        text.Append(conversation.System.Length == 0 ? "" : $" The system prompt begins: \"{Beginning(conversation.System)}\".");
        text.Append(Last(conversation.Prompt));
        text.Append(images.Count == 0 ? "" : $" {Images(images)}");
        text.Append(files.Count == 0 ? "" : $" {Count(files.Count, "file")}: {string.Join("; ", files.Select(Describe))}.");
        text.Append(cachedTokens == 0 ? "" : Invariant($" Of {promptTokens} prompt tokens {cachedTokens} came from the cache."));
        return text.ToString();
    }

    string? ISkill.Answer(Conversation conversation) => Answer(conversation);

    private static string Received(IReadOnlyList<Message> messages)
    {
        var roles = messages.GroupBy(message => message.Role).Select(role => Invariant($"{role.Count()} {role.Key}"));
        return $"I received {Count(messages.Count, "message")} ({string.Join(", ", roles)}).";
    }

    private static string Last(string prompt)
    {
        var words = prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var beginning = words == 0 ? "" : $" It begins: \"{Beginning(prompt)}\".";
        return $" The last prompt has {Count(prompt.Length, "character")} and {Count(words, "word")}.{beginning}";
    }

    private static string Images(List<ImageFacts> images) => $"{Count(images.Count, "image")}: {string.Join("; ", images)}.";

    private static string Describe(FileFacts file) =>
        $"{file.Name}, {file.Format}" + (file.Bytes is { } bytes ? $", {Count(bytes, "byte")}" : "");

    private static string Beginning(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Take(FirstWords)) + (words.Length > FirstWords ? " ..." : "");
    }

    private static string Count(int number, string what) => Invariant($"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
