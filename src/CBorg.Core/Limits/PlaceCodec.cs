using System;
using System.IO;

namespace CBorg.Core.Limits;

/// <summary>A call of the books as bytes.</summary>
internal static class PlaceCodec
{
    public static void Write(BinaryWriter writer, Place place)
    {
        writer.Write(place.Id.ToByteArray());
        writer.Write(place.Owner.ToByteArray());
        writer.Write(place.Model);
        writer.Write(place.SentAt.Ticks);
        writer.Write(place.Tokens);
        writer.Write(place.Answered);
        writer.Write(place.Until.Ticks);
        writer.Write(place.IsGhost);
        writer.Write(place.Entries.Count);
        foreach (Place.Entry entry in place.Entries)
        {
            writer.Write(entry.Book);
            writer.Write(entry.Window);
            writer.Write(entry.Late);
            writer.Write(entry.Ordinal);
            writer.Write(entry.AnsweredBefore);
        }
    }

    public static Place Read(BinaryReader reader)
    {
        Place place = new()
        {
            Id = new Guid(reader.ReadBytes(16)),
            Owner = new Guid(reader.ReadBytes(16)),
            Model = reader.ReadString(),
            SentAt = TimeSpan.FromTicks(reader.ReadInt64()),
            Tokens = reader.ReadInt64(),
            Answered = reader.ReadBoolean(),
            Until = TimeSpan.FromTicks(reader.ReadInt64()),
            IsGhost = reader.ReadBoolean(),
        };
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            place.Entries.Add(new Place.Entry(reader.ReadString(), reader.ReadInt64(), reader.ReadBoolean(), reader.ReadInt64(), reader.ReadInt64()));
        }

        return place;
    }
}
