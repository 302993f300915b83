using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;

namespace CBorg.Bench.Limits;

/// <summary>Somebody else with the same key: sends at even steps of the turned clock, and gives up what is rejected.</summary>
internal sealed class OtherClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Stage _stage;
    private readonly ITimer _timer;
    private int _rejected;
    private int _done;

    public OtherClient(Uri address, string key, TurnableClock clock, Stage stage, TimeSpan step)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer " + key);
        _stage = stage;
        _timer = clock.CreateTimer(_ => Send(), null, TimeSpan.Zero, step);
    }

    public int Done => Volatile.Read(ref _done);

    public int Rejected => Volatile.Read(ref _rejected);

    public void Dispose()
    {
        _timer.Dispose();
        _http.Dispose();
    }

    private void Send()
    {
        _stage.Count(ref _stage.Others, 1);
        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            using ByteArrayContent question = new(Canned.Utf8($$"""{"model":"{{LimitCatalog.Quick}}","messages":[{"role":"user","content":"A?"}]}"""));
            question.Headers.ContentType = new("application/json");
            using HttpResponseMessage reply = await _http.PostAsync(new Uri("/chat/completions", UriKind.Relative), question).ConfigureAwait(false);
            Interlocked.Increment(ref reply.StatusCode == HttpStatusCode.TooManyRequests ? ref _rejected : ref _done);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // The case is over.
        }
        finally
        {
            _stage.Count(ref _stage.Others, -1);
        }
    }
}
