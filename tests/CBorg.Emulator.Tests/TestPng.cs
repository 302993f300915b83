using System;
using System.Buffers.Binary;

namespace CBorg.Emulator.Tests;

/// <summary>The beginning of a PNG: its signature and its header, which tells the size.</summary>
internal static class TestPng
{
    private static readonly byte[] s_beginning =
    [
        0x89,
        (byte)'P',
        (byte)'N',
        (byte)'G',
        13,
        10,
        26,
        10,
        0,
        0,
        0,
        13,
        (byte)'I',
        (byte)'H',
        (byte)'D',
        (byte)'R',
    ];

    public static byte[] Make(int width, int height)
    {
        byte[] png = [.. s_beginning, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }
}
