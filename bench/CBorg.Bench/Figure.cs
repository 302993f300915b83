using System.Globalization;

namespace CBorg.Bench;

/// <summary>What was measured, of us and of a rival in the same run.</summary>
internal sealed record Figure(string What, string Unit, double Ours, string Rival, double Theirs, string Goal, bool Met)
{
    public double Ratio => Ours / Theirs;

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{What}: {Ours:0.###} {Unit}; {Rival}: {Theirs:0.###} {Unit}; ratio {Ratio:0.00}; goal {Goal}{(Goal == "-" ? "" : Met ? ": met" : ": not met")}"
        );
}
