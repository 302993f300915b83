using System.Globalization;

namespace CBorg.Bench.Limits;

/// <summary>What somebody else does with the same key.</summary>
/// <param name="Step">Seconds from one beginning to the next.</param>
/// <param name="Burst">How many requests each time, one after the other.</param>
/// <param name="Before">Seconds since when it goes on before our first call.</param>
internal sealed record OtherHabit(double Step, int Burst = 1, double Before = 40)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $", others {Burst} each {Step} s");
}
