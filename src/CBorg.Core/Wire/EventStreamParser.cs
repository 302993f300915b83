using System;
using System.Text;

namespace CBorg.Core.Wire;

/// <summary>
/// Takes an event stream (text/event-stream of the HTML standard) apart, as its bytes come. Reads and waits for nothing
/// itself: it is given bytes in <see cref="Room"/>, and asked for events. What it holds is bounded.
/// </summary>
internal sealed class EventStreamParser(
    int longestEvent = EventStreamParser.LongestEvent,
    long longestStream = EventStreamParser.LongestStream
)
{
    /// <summary>Bytes of a line, and of an event's lines together: ten times an answer of a million tokens that comes in
    /// one piece.</summary>
    public const int LongestEvent = 16 * 1024 * 1024;

    /// <summary>Bytes of all events together: the longest answers, in pieces of a token with some 200 bytes around
    /// each.</summary>
    public const long LongestStream = 256 * 1024 * 1024;

    // Most pieces of an answer, some at a time.
    private const int FirstRoom = 8 * 1024;

    private byte[] _bytes = new byte[FirstRoom];
    private int _start;
    private int _looked;
    private int _end;
    private long _total;
    private bool _begun;
    private bool _afterReturn;
    private byte[] _data = new byte[1024];
    private int _length;
    private bool _dispatched;

    /// <summary>The event's type; <c>message</c> when it names none.</summary>
    public string EventType { get; private set; } = "message";

    /// <summary>The event's data, its lines joined by line feeds. Good until the next event is asked for.</summary>
    public ArraySegment<byte> Data => new(_data, 0, _length);

    /// <summary>Where the next bytes go; never empty.</summary>
    /// <exception cref="EventStreamTooLongException">A line has not ended for too long.</exception>
    public Memory<byte> Room()
    {
        if (_end == _bytes.Length)
        {
            MakeRoom();
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes were put into the room.</summary>
    /// <exception cref="EventStreamTooLongException">They are too many altogether.</exception>
    public void Filled(int count)
    {
        _end += count;
        _total += count;
        if (_total > longestStream)
        {
            throw new EventStreamTooLongException(FormattableString.Invariant($"is longer than {longestStream:N0} bytes"));
        }
    }

    /// <summary>Goes on to the next whole event.</summary>
    /// <returns>False when more bytes are needed. What has begun at the end of the stream is no event.</returns>
    /// <exception cref="EventStreamTooLongException">It has too much data.</exception>
    public bool Next()
    {
        if (_dispatched)
        {
            (_dispatched, _length, EventType) = (false, 0, "message");
        }

        while (NextLine(out int from, out int to))
        {
            if (from < to)
            {
                Take(_bytes.AsSpan(from, to - from));
            }
            else if (_length > 0)
            {
                // Each line of data has left a line feed behind it.
                _length--;
                _dispatched = true;
                return true;
            }
            else
            {
                EventType = "message";
            }
        }

        return false;
    }

    /// <summary>A line ends in CR, LF or both; which of them it is may be told by bytes that are yet to come.</summary>
    private bool NextLine(out int from, out int to)
    {
        if (_afterReturn && _start < _end)
        {
            _start += _bytes[_start] == '\n' ? 1 : 0;
            _looked = _start;
            _afterReturn = false;
        }

        int found = _bytes.AsSpan(_looked, _end - _looked).IndexOfAny((byte)'\n', (byte)'\r');
        (from, to) = (_start, _looked + found);
        if (found < 0)
        {
            _looked = _end;
            return false;
        }

        _afterReturn = _bytes[to] == '\r';
        _start = _looked = to + 1;
        if (!_begun)
        {
            _begun = true;
            from += _bytes.AsSpan(from, to - from).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        }

        return true;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? line : line.Slice(0, colon);
        ReadOnlySpan<byte> value = colon < 0 ? default : line.Slice(colon + 1);
        value = value.Length > 0 && value[0] == ' ' ? value.Slice(1) : value;
        if (name.SequenceEqual("data"u8))
        {
            Append(value);
        }
        else if (name.SequenceEqual("event"u8))
        {
            EventType = value.SequenceEqual("error"u8) ? "error" : Text(value);
        }
    }

    private void Append(ReadOnlySpan<byte> value)
    {
        int length = _length + value.Length + 1;
        if (length > longestEvent)
        {
            throw new EventStreamTooLongException(
                FormattableString.Invariant($"has an event of more than {longestEvent:N0} bytes")
            );
        }

        if (length > _data.Length)
        {
            Array.Resize(ref _data, Math.Max(length, _data.Length * 2));
        }

        value.CopyTo(_data.AsSpan(_length));
        _data[length - 1] = (byte)'\n';
        _length = length;
    }

    private void MakeRoom()
    {
        int held = _end - _start;
        if (held >= longestEvent)
        {
            throw new EventStreamTooLongException(
                FormattableString.Invariant($"has a line of more than {longestEvent:N0} bytes")
            );
        }

        byte[] to = held > _bytes.Length / 2 ? new byte[Math.Min(_bytes.Length * 2L, longestEvent + 1L)] : _bytes;
        Buffer.BlockCopy(_bytes, _start, to, 0, held);
        (_bytes, _looked, _end, _start) = (to, _looked - _start, held, 0);
    }

    private static string Text(ReadOnlySpan<byte> value) => value.IsEmpty ? "message" : Encoding.UTF8.GetString(value.ToArray());
}
