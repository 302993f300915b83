namespace CBorg.Emulator.Traits;

/// <summary>
/// How a version of LiteLLM behaves, as named traits. A fresh set of traits is the oldest version's; the changes are in
/// <see cref="TraitTable"/>.
/// </summary>
internal sealed class Personality
{
    private Personality(LiteLlmVersion version) => Version = version;

    public LiteLlmVersion Version { get; }

    public AuthTraits Auth { get; } = new();

    public BudgetTraits Budgets { get; } = new();

    public ErrorTraits Errors { get; } = new();

    public HeaderTraits Headers { get; } = new();

    public ReplyTraits Replies { get; } = new();

    public StreamTraits Streams { get; } = new();

    public LimitTraits Limits { get; } = new();

    public InfoTraits Info { get; } = new();

    /// <exception cref="System.ArgumentException">The text is no version.</exception>
    public static Personality For(string version)
    {
        var personality = new Personality(LiteLlmVersion.Parse(version));
        personality.Info.Shapes = Shapes.Of(personality.Version.Recorded);
        TraitTable.Apply(personality);
        return personality;
    }
}
