using System;
using System.IO;

namespace CBorg.Core.Limits;

/// <summary>A call of the scopes as bytes.</summary>
internal static class PermitCodec
{
    public static void Write(BinaryWriter writer, Permit permit)
    {
        writer.Write(permit.Id);
        writer.Write(permit.Owner.ToByteArray());
        writer.Write(permit.Model);
        writer.Write(permit.SentAt.Ticks);
        writer.Write(permit.Tokens);
        writer.Write(permit.Answered);
        writer.Write(permit.Until.Ticks);
        writer.Write(permit.IsAbandoned);
        writer.Write(permit.Entries.Count);
        foreach (Permit.WindowEntry entry in permit.Entries)
        {
            writer.Write(entry.Scope);
            writer.Write(entry.Window);
            writer.Write(entry.Late);
            writer.Write(entry.Ordinal);
            writer.Write(entry.AnsweredBefore);
        }
    }

    public static Permit Read(BinaryReader reader)
    {
        Permit permit = new()
        {
            Id = reader.ReadInt64(),
            Owner = new Guid(reader.ReadBytes(16)),
            Model = reader.ReadString(),
            SentAt = TimeSpan.FromTicks(reader.ReadInt64()),
            Tokens = reader.ReadInt64(),
            Answered = reader.ReadBoolean(),
            Until = TimeSpan.FromTicks(reader.ReadInt64()),
            IsAbandoned = reader.ReadBoolean(),
        };
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            permit.Entries.Add(
                new Permit.WindowEntry(
                    reader.ReadString(),
                    reader.ReadInt64(),
                    reader.ReadBoolean(),
                    reader.ReadInt64(),
                    reader.ReadInt64()
                )
            );
        }

        return permit;
    }
}
