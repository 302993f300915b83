using System;
using System.Buffers;
using System.Text;
using CBorg.Core.Http;

namespace CBorg.Core.Chat;

/// <summary>A reply as it came. Kept while it is read, because an error shows it; afterwards for those only who asked for
/// it.</summary>
internal sealed class ReplyText(string? key)
{
    private byte[] _bytes = [];
    private int _start;
    private int _length;
    private bool _rented;

    /// <summary>Without the key that was sent.</summary>
    public override string ToString() => Redaction.CleanOwn(Encoding.UTF8.GetString(_bytes, _start, _length), key);

    /// <summary>Takes a whole body without copying it.</summary>
    public void Take(ArraySegment<byte> body)
    {
        Release();
        (_bytes, _start, _length) = (body.Array!, body.Offset, body.Count);
    }

    /// <summary>Adds an event as a line.</summary>
    public void Add(ArraySegment<byte> line)
    {
        int length = _length + line.Count + 1;
        if (length > _bytes.Length)
        {
            byte[] longer = ArrayPool<byte>.Shared.Rent(Math.Max(length, _length * 2));
            Buffer.BlockCopy(_bytes, 0, longer, 0, _length);
            Return();
            (_bytes, _rented) = (longer, true);
        }

        Buffer.BlockCopy(line.Array!, line.Offset, _bytes, _length, line.Count);
        _bytes[length - 1] = (byte)'\n';
        _length = length;
    }

    /// <summary>Forgets it.</summary>
    public void Release()
    {
        Return();
        (_bytes, _start, _length, _rented) = ([], 0, 0, false);
    }

    private void Return()
    {
        if (_rented)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
