using System;
using System.Collections.Generic;
using System.IO;

namespace CBorg.Core.Limits;

/// <summary>The scopes as bytes, for processes that share them. Another layout is not read but begun anew: nothing in it
/// lives longer than minutes.</summary>
internal static class LimitCodec
{
    /// <summary>Which layout this is; also in the name of the value in the store, so that two versions of the module keep
    /// apart.</summary>
    public const byte Layout = 3;

    private const int RequestedAt = 1;
    private const int HeaderLength = 2;
    private const int LeaseLength = 1 + 16 + (4 * sizeof(long));

    public static byte[] Write(LimitState state)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(Layout);
        writer.Write(false);
        WriteLease(writer, state);
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
        if (bytes is not { Length: >= HeaderLength } || bytes[0] != Layout)
        {
            return state;
        }

        try
        {
            using BinaryReader reader = new(new MemoryStream(bytes, HeaderLength, bytes.Length - HeaderLength));
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
        state.Lease = ReadLease(reader);
        ReadProcesses(state, reader);
        state.Version = reader.ReadString() is { Length: > 0 } version ? version : null;
        state.Known = reader.ReadBoolean();
        state.BudgetSpent = reader.ReadBoolean();
        state.GaveBack = reader.ReadBoolean();
        state.TypicalSeconds = reader.ReadDouble();
        state.AskedAt = ReadTime(reader);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            LimitScope scope = ScopeCodec.Read(reader);
            state.Add(scope);
        }

        List<Permit> permits = [];
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            permits.Add(PermitCodec.Read(reader));
        }

        state.Permits.AddRange(permits);
    }

    /// <summary>Whether another process asks whoever has the state for itself to give it back.</summary>
    public static bool IsRequested(byte[]? bytes) => bytes is { Length: > RequestedAt } && bytes[RequestedAt] != 0;

    /// <summary>The same bytes, with that request.</summary>
    public static byte[] Requested(byte[] bytes)
    {
        byte[] copy = (byte[])bytes.Clone();
        copy[RequestedAt] = 1;
        return copy;
    }

    private static void WriteLease(BinaryWriter writer, LimitState state)
    {
        writer.Write(state.Lease is not null);
        if (state.Lease is { } lease)
        {
            writer.Write(lease.Owner.ToByteArray());
            writer.Write(lease.From.Ticks);
            writer.Write(lease.Until.Ticks);
            writer.Write(lease.Requests);
            writer.Write(lease.Tokens);
        }

        writer.Write(state.LastSeen.Count);
        foreach (KeyValuePair<Guid, TimeSpan> process in state.LastSeen)
        {
            writer.Write(process.Key.ToByteArray());
            writer.Write(process.Value.Ticks);
        }
    }

    /// <summary>The lease alone, which stands at the beginning; null when there is none, or nothing that can be read.</summary>
    public static StateLease? LeaseOf(byte[]? bytes)
    {
        if (bytes is not { Length: > HeaderLength + LeaseLength } || bytes[0] != Layout)
        {
            return null;
        }

        using BinaryReader reader = new(new MemoryStream(bytes, HeaderLength, bytes.Length - HeaderLength));
        return ReadLease(reader);
    }

    private static StateLease? ReadLease(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
        {
            return null;
        }

        Guid owner = new(reader.ReadBytes(16));
        TimeSpan from = TimeSpan.FromTicks(reader.ReadInt64());
        TimeSpan until = TimeSpan.FromTicks(reader.ReadInt64());
        return new StateLease(owner, from, until, reader.ReadInt64(), reader.ReadInt64());
    }

    private static void ReadProcesses(LimitState state, BinaryReader reader)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            Guid process = new(reader.ReadBytes(16));
            state.LastSeen[process] = TimeSpan.FromTicks(reader.ReadInt64());
        }
    }

    public static void WriteTime(BinaryWriter writer, TimeSpan? time) => writer.Write(time?.Ticks ?? long.MinValue);

    public static TimeSpan? ReadTime(BinaryReader reader) =>
        reader.ReadInt64() is var ticks && ticks == long.MinValue ? null : TimeSpan.FromTicks(ticks);
}
