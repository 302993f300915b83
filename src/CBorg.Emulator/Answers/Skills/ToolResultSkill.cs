using System.Linq;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>After a tool has answered: says what it said.</summary>
internal sealed class ToolResultSkill : ISkill
{
    public string? Answer(Conversation conversation)
    {
        var results = conversation.ToolResults.Select(result => $"{conversation.NameOfTool(result.ToolCallId)} says: {result.Text}").ToList();
        return results.Count == 0 ? null : string.Join("\n", results);
    }
}
