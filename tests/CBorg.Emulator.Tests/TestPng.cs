using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace CBorg.Emulator.Tests;

/// <summary>Writes PNG files; every row takes another filter.</summary>
internal static class TestPng
{
    public static byte[] Make(int width, int height, int colourType, int depth, bool interlaced, Func<int, int, byte[]> pixel)
    {
        (int X, int Y, int StepX, int StepY)[] passes = interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        var samples = colourType switch { 0 => 1, 2 => 3, _ => 4 };
        var raw = new MemoryStream();
        foreach (var (firstX, firstY, stepX, stepY) in passes.Where(pass => pass.X < width && pass.Y < height))
        {
            byte[]? above = null;
            for (var y = firstY; y < height; y += stepY)
            {
                var row = Enumerable.Range(0, width).Where(x => x >= firstX && (x - firstX) % stepX == 0)
                    .SelectMany(x => pixel(x, y).Take(samples).SelectMany(sample => depth == 16 ? new[] { sample, (byte)7 } : [sample])).ToArray();
                WriteRow(raw, row, above ?? new byte[row.Length], y % 5, samples * depth / 8);
                above = row;
            }
        }

        return Pack(width, height, depth, colourType, interlaced, raw.ToArray(), null);
    }

    /// <summary>One bit a pixel: black and white, or two entries of a palette.</summary>
    public static byte[] Bits(int width, int height, int depth, byte row, byte[]? palette) =>
        Pack(width, height, depth, palette is null ? 0 : 3, false, Enumerable.Repeat(new byte[] { 0, row }, height).SelectMany(bytes => bytes).ToArray(), palette);

    private static void WriteRow(MemoryStream raw, byte[] row, byte[] above, int filter, int step)
    {
        raw.WriteByte((byte)filter);
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < step ? 0 : row[i - step], corner = i < step ? 0 : above[i - step];
            var guess = left + above[i] - corner;
            var nearest = new[] { left, above[i], corner }.OrderBy(value => Math.Abs(guess - value)).First();
            int[] predicted = [0, left, above[i], (left + above[i]) / 2, nearest];
            raw.WriteByte((byte)(row[i] - predicted[filter]));
        }
    }

    private static byte[] Pack(int width, int height, int depth, int colourType, bool interlaced, byte[] raw, byte[]? palette)
    {
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colourType, (byte)(interlaced ? 1 : 0));
        Chunk(file, "IHDR", header);
        if (palette is not null)
        {
            Chunk(file, "PLTE", palette);
        }

        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(raw);
        }

        var data = compressed.ToArray();
        Chunk(file, "IDAT", data[..(data.Length / 2)]);
        Chunk(file, "IDAT", data[(data.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        file.Write(length);
        file.Write(Encoding.ASCII.GetBytes(name));
        file.Write(data);
        file.Write(new byte[4]);
    }
}
