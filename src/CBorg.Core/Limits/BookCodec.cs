using System;
using System.IO;

namespace CBorg.Core.Limits;

/// <summary>The book of a scope as bytes.</summary>
internal static class BookCodec
{
    public static void Write(BinaryWriter writer, LimitBook book)
    {
        writer.Write(book.Id);
        writer.Write(book.Model is not null);
        writer.Write(book.Model ?? "");
        writer.Write(book.Adaptive is not null);
        if (book.Adaptive is { } adaptive)
        {
            writer.Write(adaptive.Size);
            writer.Write(adaptive.Threshold);
            writer.Write(adaptive.HalvedAt.Ticks);
        }

        Write(writer, book.Told.Requests);
        Write(writer, book.Told.Tokens);
        Write(writer, book.Told.Parallel);
        writer.Write(book.HeldUntil.Ticks);
        writer.Write(book.Probes);
        writer.Write(book.NextIsScout);
        writer.Write((book.Scout ?? Guid.Empty).ToByteArray());
        writer.Write(book.Slots.Size ?? -1);
        writer.Write(book.Slots.Until.Ticks);
        writer.Write(book.Slots.Rejections);
        Write(writer, book.Window);
    }

    public static LimitBook Read(BinaryReader reader)
    {
        string id = reader.ReadString();
        bool isOfModel = reader.ReadBoolean();
        string model = reader.ReadString();
        AdaptiveSize? adaptive = reader.ReadBoolean()
            ? new AdaptiveSize { Size = reader.ReadDouble(), Threshold = reader.ReadDouble(), HalvedAt = TimeSpan.FromTicks(reader.ReadInt64()) }
            : null;
        LimitBook book = new(id, isOfModel ? model : null) { Adaptive = adaptive };
        book.Told.Requests = ReadFigure(reader);
        book.Told.Tokens = ReadFigure(reader);
        book.Told.Parallel = ReadFigure(reader);
        book.HeldUntil = TimeSpan.FromTicks(reader.ReadInt64());
        book.Probes = reader.ReadInt32();
        book.NextIsScout = reader.ReadBoolean();
        book.Scout = new Guid(reader.ReadBytes(16)) is var scout && scout == Guid.Empty ? null : scout;
        book.Slots.Size = reader.ReadInt64() is var size && size < 0 ? null : size;
        book.Slots.Until = TimeSpan.FromTicks(reader.ReadInt64());
        book.Slots.Rejections = reader.ReadInt32();
        ReadInto(book.Window, reader);
        return book;
    }

    private static void Write(BinaryWriter writer, Window window)
    {
        writer.Write(window.IsOpen);
        writer.Write(window.Certain);
        foreach (TimeSpan time in (TimeSpan[])[window.OpenedFrom, window.OpenedBy, window.LateFrom, window.LastSent, window.Ended])
        {
            writer.Write(time.Ticks);
        }

        foreach (long number in (long[])[window.Number, window.OthersBefore, window.Answered])
        {
            writer.Write(number);
        }

        foreach (Tally tally in (Tally[])[window.Own, window.Others, window.Late])
        {
            writer.Write(tally.Requests);
            writer.Write(tally.Tokens);
        }
    }

    private static void ReadInto(Window window, BinaryReader reader)
    {
        (window.IsOpen, window.Certain) = (reader.ReadBoolean(), reader.ReadBoolean());
        window.OpenedFrom = TimeSpan.FromTicks(reader.ReadInt64());
        window.OpenedBy = TimeSpan.FromTicks(reader.ReadInt64());
        window.LateFrom = TimeSpan.FromTicks(reader.ReadInt64());
        window.LastSent = TimeSpan.FromTicks(reader.ReadInt64());
        window.Ended = TimeSpan.FromTicks(reader.ReadInt64());
        (window.Number, window.OthersBefore, window.Answered) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        foreach (Tally tally in (Tally[])[window.Own, window.Others, window.Late])
        {
            (tally.Requests, tally.Tokens) = (reader.ReadInt64(), reader.ReadInt64());
        }
    }

    private static void Write(BinaryWriter writer, LimitValue? figure)
    {
        writer.Write(figure?.Value ?? long.MinValue);
        writer.Write((int)(figure?.Origin ?? 0));
        writer.Write(figure?.At.Ticks ?? 0);
    }

    private static LimitValue? ReadFigure(BinaryReader reader)
    {
        (long value, int origin, long at) = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt64());
        return value == long.MinValue ? null : new LimitValue(value, (RateLimitOrigin)origin, TimeSpan.FromTicks(at));
    }
}
