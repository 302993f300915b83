using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

namespace CBorg.Emulator.Tests.Agreement;

/// <summary>Sends recorded requests to an emulator, in their order and as simultaneously as they were.</summary>
internal sealed class Replay(Uri url) : IDisposable
{
    private static readonly TimeSpan s_apart = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async Task<List<(Recording Recording, Facts Answer)>> RunAsync(IReadOnlyList<Recording> recordings)
    {
        List<(Recording, Facts)> answers = [];
        for (var at = 0; at < recordings.Count; )
        {
            var first = recordings[at];
            var group = first.Parallel ? recordings.Where(r => r.PartOf == first.PartOf).ToList() : [first];
            at += group.Count;
            answers.AddRange(group.Zip(await SendTogetherAsync(group)));
        }

        return answers;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Facts[]> SendTogetherAsync(List<Recording> group)
    {
        List<Task<Facts>> sent = [];
        foreach (var recording in group)
        {
            sent.Add(SendAsync(recording));
            if (group.Count > 1)
            {
                await Task.Delay(s_apart);
            }
        }

        return await Task.WhenAll(sent);
    }

    private async Task<Facts> SendAsync(Recording recording)
    {
        using var request = new HttpRequestMessage(new HttpMethod(recording.Method), new Uri(url, recording.Path));
        if (recording.Body is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        foreach (var (name, value) in recording.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var headers = response
                .Headers.Concat(response.Content.Headers)
                .Select(h => KeyValuePair.Create(h.Key, string.Join(", ", h.Value)));
            return Facts.Of((int)response.StatusCode, headers, await ReadAsync(response));
        }
        catch (HttpRequestException e)
        {
            return Facts.None($"no answer: {e.HttpRequestError}");
        }
    }

    /// <summary>As much as arrives before the end, or before the line breaks.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        using var bytes = new MemoryStream();
        try
        {
            await (await response.Content.ReadAsStreamAsync()).CopyToAsync(bytes);
        }
        catch (IOException) { }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
