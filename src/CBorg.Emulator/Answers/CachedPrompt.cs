namespace CBorg.Emulator.Answers;

/// <summary>Which tokens of a prompt were read from the prompt cache, and which written into it.</summary>
internal sealed record CachedPrompt(int Read, int Written, int WrittenForAnHour = 0)
{
    public static CachedPrompt None { get; } = new(0, 0);
}
