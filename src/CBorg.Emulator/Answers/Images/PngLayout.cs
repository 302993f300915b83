using System;
using System.Buffers.Binary;
using System.IO;

namespace CBorg.Emulator.Answers.Images;

/// <summary>A PNG's header, and where it puts the samples of a pixel.</summary>
internal sealed record PngLayout(int Width, int Height, int Depth, int ColourType, bool Interlaced)
{
    private const int Palette = 3;

    public int FilterStep => Math.Max(1, Samples * Depth / 8);

    private int Samples => ColourType switch
    {
        0 or Palette => 1,
        2 => 3,
        4 => 2,
        6 => 4,
        _ => throw new InvalidDataException($"A PNG has no colour type {ColourType}."),
    };

    private bool IsGrey => ColourType is 0 or 4;

    public static PngLayout Read(byte[] file) => new(
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)),
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)),
        file[24],
        file[25],
        file[28] != 0);

    public int RowBytes(int width) => checked(((width * Samples * Depth) + 7) / 8);

    public (int Red, int Green, int Blue) Pixel(byte[] row, int x, byte[] palette)
    {
        var first = x * Samples;
        if (ColourType == Palette)
        {
            var entry = Sample(row, first) * 3;
            return (palette[entry], palette[entry + 1], palette[entry + 2]);
        }

        if (IsGrey)
        {
            var grey = Scaled(row, first);
            return (grey, grey, grey);
        }

        return (Scaled(row, first), Scaled(row, first + 1), Scaled(row, first + 2));
    }

    private int Scaled(byte[] row, int index) => Depth switch
    {
        16 => row[index * 2],
        8 => row[index],
        _ => Sample(row, index) * 255 / ((1 << Depth) - 1),
    };

    private int Sample(byte[] row, int index)
    {
        if (Depth >= 8)
        {
            return row[index * Depth / 8];
        }

        var bit = index * Depth;
        return (row[bit / 8] >> (8 - Depth - (bit % 8))) & ((1 << Depth) - 1);
    }
}
