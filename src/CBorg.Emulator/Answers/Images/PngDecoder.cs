using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace CBorg.Emulator.Answers.Images;

/// <summary>Reads a PNG far enough to know its mean colour: every colour type and bit depth, plain and interlaced.</summary>
internal sealed class PngDecoder
{
    private const int LargestArea = 64_000_000;

    // Adam7: first column and row of each pass, and the steps between its columns and rows.
    private static readonly (int X, int Y, int StepX, int StepY)[] s_passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly PngLayout _layout;
    private readonly MemoryStream _compressed = new();
    private byte[] _palette = [];
    private long _red;
    private long _green;
    private long _blue;
    private long _pixels;

    private PngDecoder(PngLayout layout) => _layout = layout;

    public static ImageFacts Read(byte[] file)
    {
        var layout = PngLayout.Read(file);
        if ((long)layout.Width * layout.Height is <= 0 or > LargestArea)
        {
            return new ImageFacts("PNG", layout.Width, layout.Height, null, "pixels not read");
        }

        var decoder = new PngDecoder(layout);
        decoder.CollectChunks(file);
        decoder.SumPixels();
        return new ImageFacts("PNG", layout.Width, layout.Height, decoder.Mean());
    }

    private void CollectChunks(byte[] file)
    {
        var at = 8;
        while (at + 8 <= file.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            switch (Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "PLTE":
                    _palette = file.AsSpan(at + 8, length).ToArray();
                    break;
                case "IDAT":
                    _compressed.Write(file, at + 8, length);
                    break;
                default:
                    break;
            }

            at = checked(at + 12 + length);
        }
    }

    private void SumPixels()
    {
        _compressed.Position = 0;
        using var pixels = new ZLibStream(_compressed, CompressionMode.Decompress);
        if (!_layout.Interlaced)
        {
            SumPass(pixels, _layout.Width, _layout.Height);
            return;
        }

        foreach (var (x, y, stepX, stepY) in s_passes)
        {
            SumPass(pixels, (_layout.Width - x + stepX - 1) / stepX, (_layout.Height - y + stepY - 1) / stepY);
        }
    }

    private void SumPass(Stream pixels, int width, int height)
    {
        if (width <= 0 || height <= 0)
        {
            return;
        }

        var bytes = _layout.RowBytes(width);
        var above = new byte[bytes];
        var row = new byte[bytes];
        for (var y = 0; y < height; y++)
        {
            var filter = pixels.ReadByte();
            if (filter < 0)
            {
                throw new InvalidDataException("The PNG ends early.");
            }

            pixels.ReadExactly(row);
            PngFilter.Undo(filter, row, above, _layout.FilterStep);
            SumRow(row, width);
            (row, above) = (above, row);
        }
    }

    private void SumRow(byte[] row, int width)
    {
        for (var x = 0; x < width; x++)
        {
            var (red, green, blue) = _layout.Pixel(row, x, _palette);
            _red += red;
            _green += green;
            _blue += blue;
        }

        _pixels += width;
    }

    private Colour Mean() => new(Average(_red), Average(_green), Average(_blue));

    private byte Average(long sum) => (byte)Math.Round((double)sum / Math.Max(1, _pixels));
}
