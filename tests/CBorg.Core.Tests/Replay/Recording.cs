using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Replay;

/// <summary>One recorded exchange with a real proxy.</summary>
internal sealed class Recording
{
    private readonly JsonElement _root;

    private Recording(JsonElement root)
    {
        _root = root;
    }

    public string Version => _root.GetProperty("litellm").GetString()!;

    public string Method => Request.GetProperty("method").GetString()!;

    public string Path => Request.GetProperty("path").GetString()!;

    /// <summary>The request's body when it was JSON.</summary>
    public JsonElement? Json => Request.TryGetProperty("json", out JsonElement json) ? json : null;

    /// <summary>The request's body when it was not.</summary>
    public string? Text => Request.TryGetProperty("text", out JsonElement text) ? text.GetString() : null;

    private JsonElement Request => _root.GetProperty("request");

    private JsonElement Response => _root.GetProperty("response");

    public static Recording Load(string folder, string name) =>
        new(
            JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(Fixtures.Recordings, folder, name + ".json"))).RootElement
        );

    /// <summary>Answers as the proxy did, header by header and piece by piece; long pauses become short ones.</summary>
    public async Task PlayAsync(RawExchange exchange)
    {
        bool events = Response.TryGetProperty("events", out JsonElement pieces);
        byte[] body = events
            ? []
            : Encoding.UTF8.GetBytes(Response.TryGetProperty("body", out JsonElement text) ? text.GetString() ?? "" : "");
        await exchange.WriteAsync(Head(body.Length)).ConfigureAwait(false);
        if (events)
        {
            await PlayAsync(exchange, pieces).ConfigureAwait(false);
        }
        else if (Method != "HEAD")
        {
            await exchange.WriteAsync(body).ConfigureAwait(false);
        }

        exchange.Close();
    }

    private async Task PlayAsync(RawExchange exchange, JsonElement pieces)
    {
        double last = 0;
        foreach (JsonElement piece in pieces.EnumerateArray())
        {
            double at = piece[0].GetDouble();
            if (last > 0 && at - last >= 50)
            {
                await Task.Delay(2).ConfigureAwait(false);
            }

            last = at;
            await exchange.ChunkAsync(piece[1].GetString()!).ConfigureAwait(false);
        }

        if (Response.GetProperty("ended").GetString() == "complete")
        {
            await exchange.LastChunkAsync().ConfigureAwait(false);
        }
        else
        {
            exchange.Reset();
        }
    }

    // Host names were replaced in some bodies, so the length is the real one; only a HEAD announces what it does not send.
    private string Head(int length)
    {
        StringBuilder head = new(
            $"{Response.GetProperty("http").GetString()} {Response.GetProperty("status").GetInt32()} {Response.GetProperty("reason").GetString()}\r\n"
        );
        foreach (JsonElement header in Response.GetProperty("headers").EnumerateArray())
        {
            string name = header[0].GetString()!;
            string value =
                name == "content-length" && Method != "HEAD"
                    ? length.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : header[1].GetString()!;
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return head.Append("\r\n").ToString();
    }
}
