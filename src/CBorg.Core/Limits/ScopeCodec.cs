using System;
using System.IO;

namespace CBorg.Core.Limits;

/// <summary>The scope of a scope as bytes.</summary>
internal static class ScopeCodec
{
    public static void Write(BinaryWriter writer, LimitScope scope)
    {
        writer.Write(scope.Id);
        writer.Write(scope.Model is not null);
        writer.Write(scope.Model ?? "");
        writer.Write(scope.Adaptive is not null);
        if (scope.Adaptive is { } adaptive)
        {
            writer.Write(adaptive.Size);
            writer.Write(adaptive.Threshold);
            writer.Write(adaptive.HalvedAt.Ticks);
        }

        Write(writer, scope.Server.Requests);
        Write(writer, scope.Server.Tokens);
        Write(writer, scope.Server.Parallel);
        writer.Write(scope.BlockedUntil.Ticks);
        writer.Write(scope.FailedProbes);
        writer.Write(scope.NextIsProbe);
        writer.Write(scope.ProbeId ?? 0);
        writer.Write(scope.Backoff.Size ?? -1);
        writer.Write(scope.Backoff.Until.Ticks);
        writer.Write(scope.Backoff.Rejections);
        Write(writer, scope.Window);
    }

    public static LimitScope Read(BinaryReader reader)
    {
        string id = reader.ReadString();
        bool isOfModel = reader.ReadBoolean();
        string model = reader.ReadString();
        AdaptiveConcurrency? adaptive = reader.ReadBoolean()
            ? new AdaptiveConcurrency
            {
                Size = reader.ReadDouble(),
                Threshold = reader.ReadDouble(),
                HalvedAt = TimeSpan.FromTicks(reader.ReadInt64()),
            }
            : null;
        LimitScope scope = new(id, isOfModel ? model : null) { Adaptive = adaptive };
        scope.Server.Requests = ReadFigure(reader);
        scope.Server.Tokens = ReadFigure(reader);
        scope.Server.Parallel = ReadFigure(reader);
        scope.BlockedUntil = TimeSpan.FromTicks(reader.ReadInt64());
        scope.FailedProbes = reader.ReadInt32();
        scope.NextIsProbe = reader.ReadBoolean();
        scope.ProbeId = reader.ReadInt64() is var probe && probe == 0 ? null : probe;
        scope.Backoff.Size = reader.ReadInt64() is var size && size < 0 ? null : size;
        scope.Backoff.Until = TimeSpan.FromTicks(reader.ReadInt64());
        scope.Backoff.Rejections = reader.ReadInt32();
        ReadInto(scope.Window, reader);
        return scope;
    }

    private static void Write(BinaryWriter writer, Window window)
    {
        writer.Write(window.IsOpen);
        writer.Write(window.Certain);
        foreach (
            TimeSpan time in (TimeSpan[])[window.OpenedFrom, window.OpenedBy, window.LateFrom, window.LastSent, window.Ended]
        )
        {
            writer.Write(time.Ticks);
        }

        foreach (long number in (long[])[window.Number, window.OthersBefore, window.Answered])
        {
            writer.Write(number);
        }

        foreach (WindowCounter tally in (WindowCounter[])[window.Own, window.Others, window.Late])
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
        foreach (WindowCounter tally in (WindowCounter[])[window.Own, window.Others, window.Late])
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
