namespace CBorg.Emulator.Answers.Skills;

/// <summary>Something the stand-in can answer; null when it is not asked for that.</summary>
internal interface ISkill
{
    string? Answer(Conversation conversation);
}
