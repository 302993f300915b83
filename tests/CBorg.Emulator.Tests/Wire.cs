using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Emulator.Tests;

/// <summary>What came over one TCP connection, byte by byte, and how that ended.</summary>
internal sealed record Wire(IReadOnlyList<(double At, byte[] Bytes)> Reads, WireEnd End)
{
    public byte[] Bytes { get; } = Reads.SelectMany(read => read.Bytes).ToArray();

    public string Head => HeadLength < 0 ? "" : Encoding.ASCII.GetString(Bytes, 0, HeadLength);

    public int Status => Head.Length == 0 ? 0 : int.Parse(Head.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The chunks of the reply as HTTP framed them; a reply with a length is one.</summary>
    public IReadOnlyList<byte[]> Chunks => Unchunked().Chunks;

    /// <summary>Whether HTTP framing said that this was all.</summary>
    public bool IsComplete => Unchunked().Complete;

    public string Body => Encoding.UTF8.GetString(Chunks.SelectMany(chunk => chunk).ToArray());

    public IReadOnlyList<string> Events => Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<JsonObject> Objects =>
        Events
            .Where(text => text.StartsWith("data: {", StringComparison.Ordinal))
            .Select(text => JsonNode.Parse(text[6..])!.AsObject());

    public string Text =>
        string.Join(
            ' ',
            Objects
                .Select(chunk => (string?)(chunk["choices"] as JsonArray)?.FirstOrDefault()?["delta"]?["content"])
                .Where(text => !string.IsNullOrEmpty(text))
        );

    public double Lasted => Reads.Count == 0 ? 0 : Reads[^1].At;

    private int HeadLength => Bytes.AsSpan().IndexOf("\r\n\r\n"u8);

    public string? Header(string name) =>
        Head.Split("\r\n")
            .Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .FirstOrDefault();

    public static async Task<Wire> SendAsync(Uri url, string request, int timeout)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(url.Host, url.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        var reads = new List<(double, byte[])>();
        var clock = Stopwatch.StartNew();
        using var limit = new CancellationTokenSource(timeout);
        var buffer = new byte[65536];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, limit.Token)) > 0)
            {
                reads.Add((clock.Elapsed.TotalMilliseconds, buffer[..read]));
            }

            return new Wire(reads, WireEnd.Closed);
        }
        catch (IOException broken)
            when (broken.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return new Wire(reads, WireEnd.Reset);
        }
        catch (OperationCanceledException)
        {
            return new Wire(reads, WireEnd.Silent);
        }
    }

    private (List<byte[]> Chunks, bool Complete) Unchunked()
    {
        var chunks = new List<byte[]>();
        var at = HeadLength + 4;
        if (HeadLength < 0)
        {
            return (chunks, false);
        }

        if (Header("content-length") is { } length)
        {
            chunks.Add(Bytes[at..]);
            return (chunks, Bytes.Length - at == int.Parse(length, CultureInfo.InvariantCulture));
        }

        while (Bytes.AsSpan(at).IndexOf("\r\n"u8) is var line and >= 0)
        {
            var size = int.Parse(Encoding.ASCII.GetString(Bytes, at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2;
            if (size == 0)
            {
                return (chunks, true);
            }

            chunks.Add(Bytes[at..Math.Min(Bytes.Length, at + size)]);
            at = Math.Min(Bytes.Length, at + size + 2);
        }

        return (chunks, false);
    }
}
