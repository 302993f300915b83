using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;

namespace CBorg.Bench.Limits;

/// <summary>Somebody else with the same key: sends when it pleases by the turned clock, and gives up what is rejected.</summary>
internal sealed class OtherClient : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _rejected = new();
    private readonly HttpClient _http;
    private readonly OtherHabit _habit;
    private readonly Stage _stage;
    private readonly ITimer _timer;
    private int _done;

    public OtherClient(Uri address, string key, TurnableClock clock, Stage stage, OtherHabit habit)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer " + key);
        (_stage, _habit) = (stage, habit);
        _timer = clock.CreateTimer(_ => Begin(), null, TimeSpan.Zero, TimeSpan.FromSeconds(habit.Step));
    }

    public int Done => Volatile.Read(ref _done);

    /// <summary>Rejections by type.</summary>
    public IReadOnlyDictionary<string, int> Rejected => _rejected;

    public void Dispose()
    {
        _timer.Dispose();
        _http.Dispose();
    }

    private void Begin()
    {
        _stage.Count(ref _stage.Others, 1);
        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            for (int i = 0; i < _habit.Burst; i++)
            {
                await AskAsync().ConfigureAwait(false);
            }
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

    private async Task AskAsync()
    {
        using ByteArrayContent question = new(
            Canned.Utf8($$"""{"model":"{{LimitCatalog.Quick}}","messages":[{"role":"user","content":"A?"}]}""")
        );
        question.Headers.ContentType = new("application/json");
        using HttpResponseMessage reply = await _http
            .PostAsync(new Uri("/chat/completions", UriKind.Relative), question)
            .ConfigureAwait(false);
        if (reply.Headers.TryGetValues("rate_limit_type", out IEnumerable<string>? types))
        {
            _rejected.AddOrUpdate(types.First(), 1, (_, count) => count + 1);
        }
        else
        {
            Interlocked.Increment(ref _done);
        }
    }
}
