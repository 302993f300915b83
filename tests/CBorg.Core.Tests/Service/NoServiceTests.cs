using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>Where nobody waits for the service, one call that has found none speaks for those under way.</summary>
public sealed class NoServiceTests : IAsyncDisposable
{
    private readonly RawServer _server = new() { Otherwise = Play.Reset };
    private readonly FakeClock _clock = new();
    private readonly ICBorgClient _client;

    public NoServiceTests()
    {
        _client = Clients.For(_server, _clock, retries: 2);
    }

    [Fact]
    public async Task Calls_under_way_send_one_more_request_each_and_give_up()
    {
        Embedded first = await RetryingAsync();
        await PassAsync(0.75);
        await first.WaitsAsync();
        Embedded second = await LateAsync();
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        CBorgException firsts = await Assert.ThrowsAsync<CBorgConnectionException>(() => first.Reply.Soon());
        CBorgException follows = await Assert.ThrowsAsync<CBorgConnectionException>(() => second.Reply.Soon());

        Assert.Equal((3, 2, 5), (firsts.Attempts, follows.Attempts, _server.Requests.Count));
        Assert.Equal(ErrorKind.ConnectionFailed, follows.Kind);
        Assert.Contains("Another call has given the service up meanwhile", follows.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_begins_later_has_all_its_attempts()
    {
        await GivenUpAsync();
        CBorgException failure = await GivenUpAsync();

        Assert.Equal((3, 6), (failure.Attempts, _server.Requests.Count));
    }

    [Fact]
    public async Task A_call_that_sees_for_itself_that_there_is_service_goes_on()
    {
        Embedded first = await RetryingAsync();
        await PassAsync(0.75);
        await first.WaitsAsync();
        Embedded second = await LateAsync();
        _server.Then(Play.Reset).Then(Play.Json("""{"data":[{"index":0,"embedding":[1,0]}]}"""));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        await Assert.ThrowsAsync<CBorgConnectionException>(() => first.Reply.Soon());

        Assert.Equal(2, (await second.Reply.Soon()).Dimension);
        Assert.Equal(5, _server.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_may_try_more_often_is_not_bound_by_one_that_may_not()
    {
        ICBorgClient hasty = Clients.For(_server, _clock, retries: 0);
        await Assert.ThrowsAsync<CBorgConnectionException>(() => new Embedded(hasty).Reply.Soon());

        Assert.Equal(3, (await GivenUpAsync()).Attempts);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<Embedded> RetryingAsync()
    {
        Embedded call = new(_client);
        await call.WaitsAsync();
        return call;
    }

    /// <summary>A call that begins, and fails, half a second before the first one's last try.</summary>
    private async Task<Embedded> LateAsync()
    {
        await _clock.Waiting(TimeSpan.FromSeconds(1.5)).Soon();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Embedded call = await RetryingAsync();
        await _clock.Waiting(TimeSpan.FromSeconds(0.75)).Soon();
        return call;
    }

    private async Task<CBorgException> GivenUpAsync()
    {
        Embedded call = await RetryingAsync();
        await PassAsync(0.75);
        await call.WaitsAsync();
        await PassAsync(1.5);
        return await Assert.ThrowsAsync<CBorgConnectionException>(() => call.Reply.Soon());
    }

    private async Task PassAsync(double seconds)
    {
        await _clock.Waiting(TimeSpan.FromSeconds(seconds)).Soon();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }
}
