namespace CBorg.Build.Help;

/// <summary>How a parameter is used in one parameter set.</summary>
internal sealed record ParameterUse(string Set, bool Mandatory, int? Position, bool ByValue, bool ByName)
{
    /// <summary>How it is taken from the pipeline; null when it is not.</summary>
    public string? Pipeline =>
        (ByValue, ByName) switch
        {
            (true, true) => "by value, by property name",
            (true, false) => "by value",
            (false, true) => "by property name",
            _ => null,
        };
}
