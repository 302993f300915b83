namespace CBorg.Emulator.Limits;

/// <summary>What one scope has used: its window and its calls in flight.</summary>
internal sealed class ScopeBook(bool slotsLiveInWindow)
{
    public Window Window { get; } = new();

    public Slots Slots { get; } = new(slotsLiveInWindow);
}
