namespace CBorg.Emulator.Limits;

/// <summary>What one scope has used: its window and its calls in flight.</summary>
internal sealed class ScopeBook
{
    public Window Window { get; } = new();

    public int InFlight { get; set; }
}
