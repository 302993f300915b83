namespace CBorg.Binding;

/// <summary>How hard a reasoning model may think. Models know more words than these.</summary>
public sealed class EffortCompleter : WordCompleter
{
    /// <summary>The words.</summary>
    public EffortCompleter()
        : base("none", "minimal", "low", "medium", "high", "xhigh") { }
}
