using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>One request and the line on which it came, for a script to play with.</summary>
internal sealed class RawExchange(TcpClient line, RawRequest request, CancellationToken stopped)
{
    public RawRequest Request => request;

    /// <summary>Whether the line is still good for another request.</summary>
    public bool Alive { get; private set; } = true;

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await line.GetStream().WriteAsync(bytes, stopped).ConfigureAwait(false);
        await line.GetStream().FlushAsync(stopped).ConfigureAwait(false);
    }

    /// <summary>One chunk of a chunked body.</summary>
    public Task ChunkAsync(string text) => ChunkAsync(Encoding.UTF8.GetBytes(text));

    public Task ChunkAsync(byte[] bytes) =>
        WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8]);

    public Task LastChunkAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>Ends the line in an orderly way.</summary>
    public void Close()
    {
        Alive = false;
        line.Close();
    }

    /// <summary>Ends the line as a crash does.</summary>
    public void Reset()
    {
        Alive = false;
        line.LingerState = new LingerOption(true, 0);
        line.Close();
    }

    /// <summary>Waits until the client ends the line.</summary>
    public async Task GoneAsync()
    {
        Alive = false;
        try
        {
            byte[] buffer = new byte[1];
            while (await line.GetStream().ReadAsync(buffer, stopped).ConfigureAwait(false) > 0) { }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A reset is an end, too.
        }
    }
}
