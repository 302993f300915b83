using System.Linq;

namespace CBorg.Emulator.Answers.Images;

/// <summary>A colour with the plain name that is nearest to it.</summary>
internal sealed record Colour(byte Red, byte Green, byte Blue)
{
    private static readonly (string Name, Colour Value)[] s_named =
    [
        ("black", new(0, 0, 0)), ("white", new(255, 255, 255)), ("grey", new(128, 128, 128)), ("red", new(220, 20, 20)),
        ("green", new(20, 150, 40)), ("blue", new(20, 40, 220)), ("yellow", new(250, 230, 30)), ("orange", new(255, 140, 0)),
        ("purple", new(128, 20, 150)), ("pink", new(255, 170, 190)), ("brown", new(130, 80, 40)), ("cyan", new(30, 220, 230)),
    ];

    public string Name => s_named.MinBy(named => Distance(named.Value)).Name;

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2} ({Name})";

    private int Distance(Colour other) => Square(Red - other.Red) + Square(Green - other.Green) + Square(Blue - other.Blue);

    private static int Square(int number) => number * number;
}
