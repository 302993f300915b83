using System;
using System.Collections.Generic;
using System.IO;

namespace CBorg.Core.Limits;

/// <summary>The scopes as bytes, for processes that share them. Another layout is not read but begun anew: nothing in it lives longer than minutes.</summary>
internal static class LimitCodec
{
    private const byte Layout = 2;

    public static byte[] Write(LimitState state)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(Layout);
        writer.Write(state.Version ?? "");
        writer.Write(state.Known);
        writer.Write(state.BudgetSpent);
        writer.Write(state.GaveBack);
        writer.Write(state.TypicalSeconds);
        WriteTime(writer, state.AskedAt);
        writer.Write(state.Scopes.Count);
        foreach (LimitScope scope in state.Scopes.Values)
        {
            ScopeCodec.Write(writer, scope);
        }

        writer.Write(state.Permits.Count);
        foreach (Permit permit in state.Permits)
        {
            PermitCodec.Write(writer, permit);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <returns>The scopes; new ones when there are none, or none that can be read.</returns>
    public static LimitState Read(byte[]? bytes)
    {
        LimitState state = new();
        if (bytes is not { Length: > 0 } || bytes[0] != Layout)
        {
            return state;
        }

        try
        {
            using BinaryReader reader = new(new MemoryStream(bytes, 1, bytes.Length - 1));
            ReadInto(state, reader);
            return state;
        }
        catch (Exception e) when (e is IOException or ArgumentException or FormatException or OverflowException)
        {
            return new LimitState();
        }
    }

    private static void ReadInto(LimitState state, BinaryReader reader)
    {
        state.Version = reader.ReadString() is { Length: > 0 } version ? version : null;
        state.Known = reader.ReadBoolean();
        state.BudgetSpent = reader.ReadBoolean();
        state.GaveBack = reader.ReadBoolean();
        state.TypicalSeconds = reader.ReadDouble();
        state.AskedAt = ReadTime(reader);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            LimitScope scope = ScopeCodec.Read(reader);
            state.Scopes[scope.Id] = scope;
        }

        List<Permit> permits = [];
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            permits.Add(PermitCodec.Read(reader));
        }

        state.Permits.AddRange(permits);
    }

    public static void WriteTime(BinaryWriter writer, TimeSpan? time) => writer.Write(time?.Ticks ?? long.MinValue);

    public static TimeSpan? ReadTime(BinaryReader reader) => reader.ReadInt64() is var ticks && ticks == long.MinValue ? null : TimeSpan.FromTicks(ticks);
}
