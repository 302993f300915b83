using System;
using System.IO;

namespace CBorg.Emulator.Answers.Images;

/// <summary>Takes back what a PNG's row filter did, in place.</summary>
internal static class PngFilter
{
    public static void Undo(int filter, byte[] row, byte[] above, int step)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var left = i < step ? 0 : row[i - step];
            var corner = i < step ? 0 : above[i - step];
            row[i] += (byte)Predicted(filter, left, above[i], corner);
        }
    }

    private static int Predicted(int filter, int left, int above, int corner) => filter switch
    {
        0 => 0,
        1 => left,
        2 => above,
        3 => (left + above) / 2,
        4 => Paeth(left, above, corner),
        _ => throw new InvalidDataException($"A PNG has no filter {filter}."),
    };

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var toLeft = Math.Abs(guess - left);
        var toAbove = Math.Abs(guess - above);
        var toCorner = Math.Abs(guess - corner);
        if (toLeft <= toAbove && toLeft <= toCorner)
        {
            return left;
        }

        return toAbove <= toCorner ? above : corner;
    }
}
