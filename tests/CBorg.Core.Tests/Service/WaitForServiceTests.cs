using System;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>A service that is down is waited for as long as the user says, by one call at a time for all.</summary>
public sealed class WaitForServiceTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_call_waits_until_the_service_is_back_however_few_retries_are_allowed()
    {
        await using RawServer server = new();
        server
            .Then(Play.Reset)
            .Then(Play.Error(502, ""))
            .Then(Play.Json(ProtocolError.Edge(521, "down"), 521))
            .Then(Play.Error(503, "litellm.ServiceUnavailableError: x"))
            .Then(Play.EventsThen(Play.Reset))
            .Then(Play.Answer("B"));
        FakeClock clock = FakeClock.Skipping();
        Asked asked = await Asked.Of(Clients.For(server, clock, retries: 0, waitForService: s_hour));

        Assert.Equal(("B", 6), (asked.Result.Text, asked.Result.Attempts));
    }

    [Fact]
    public async Task Waits_double_up_to_two_minutes_and_each_is_told_once()
    {
        await using RawServer server = new() { Otherwise = Play.Reset };
        FakeClock clock = FakeClock.Skipping();
        Called called = new(Clients.For(server, clock, waitForService: s_hour));
        CBorgException failure = await Assert.ThrowsAsync<CBorgConnectionException>(() => called.Reply.Soon());

        Assert.Equal([0.75, 1.5, 3, 6, 12, 24, 48, 90, 90, 90], clock.Asked.Take(10).Select(delay => delay.TotalSeconds));
        string[] told = [.. called.Told(CallEventKind.Waiting)];
        string since = TimeZoneInfo
            .ConvertTime(FakeClock.Start, TimeZoneInfo.Local)
            .ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        string host = server.BaseUri.Authority;
        Assert.Equal($"{host} down since {since} (0 s), next try in 0.8 s", told[0]);
        Assert.Equal($"{host} down since {since} (5.3 s), next try in 6 s", told[3]);
        Assert.Equal($"{host} down since {since} (5 min), next try in 90 s", told[9]);
        Assert.Equal(server.Requests.Count - 1, told.Length);
        Assert.Equal((server.Requests.Count, FakeClock.Start), (failure.Attempts, failure.Facts.DownSince));
    }

    [Fact]
    public async Task When_the_time_is_over_it_is_asked_once_more_and_the_failure_says_how_long_it_was_waited_for()
    {
        await using RawServer server = new() { Otherwise = Play.Reset };
        FakeClock clock = FakeClock.Skipping();
        CBorgException failure = await Assert.ThrowsAsync<CBorgConnectionException>(() =>
            new Called(Clients.For(server, clock, waitForService: TimeSpan.FromSeconds(4))).Reply.Soon()
        );

        Assert.Equal([0.75, 1.5, 1.75], clock.Asked.Select(delay => delay.TotalSeconds));
        Assert.Equal((ErrorKind.ConnectionFailed, Fault.Network, 4), (failure.Kind, failure.Fault, failure.Attempts));
        Assert.Contains(
            "(4 s); the call waits for it 4 s (Connect-CBorg -WaitForService).",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(401, "Authentication Error, whatever", null, ErrorKind.KeyUnknown)]
    [InlineData(400, "Budget has been exceeded! Current cost: 2", "budget_exceeded", ErrorKind.Budget)]
    [InlineData(400, "litellm.BadRequestError: no", null, ErrorKind.BadRequest)]
    [InlineData(500, "This model isn't mapped yet. model=x", null, ErrorKind.ProxyFault)]
    public async Task What_waiting_does_not_mend_is_not_waited_for(int status, string message, string? type, ErrorKind kind)
    {
        await using RawServer server = new() { Otherwise = Play.Error(status, message, type) };
        Asked asked = await Asked.Of(Clients.For(server, waitForService: s_hour));

        Assert.Equal((kind, 1), (asked.Kind, server.Requests.Count));
    }

    [Fact]
    public async Task The_time_of_the_call_does_not_end_the_wait_and_each_attempt_has_all_of_it()
    {
        await using RawServer server = new();
        server.Then(Play.Reset).Then(Play.Reset).Then(Play.Hold);
        FakeClock clock = new();
        Called called = new(Clients.For(server, clock, timeout: TimeSpan.FromSeconds(1), waitForService: s_hour));
        await clock.Waiting(TimeSpan.FromSeconds(0.75)).Soon();
        clock.Advance(TimeSpan.FromSeconds(0.75));
        await clock.Waiting(TimeSpan.FromSeconds(1.5)).Soon();
        clock.Advance(TimeSpan.FromSeconds(1.5));
        for (int sent = 0; sent < 3; sent++)
        {
            await server.ArrivedAsync().Soon();
        }

        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(called.Reply.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        CBorgException failure = await Assert.ThrowsAsync<CBorgTimeoutException>(() => called.Reply.Soon());

        Assert.Equal((ErrorKind.CallTimeout, 3), (failure.Kind, failure.Attempts));
    }

    [Fact]
    public async Task A_service_that_names_the_time_of_its_return_is_asked_then_and_not_before()
    {
        await using RawServer server = new();
        server.Then(Play.Error(503, "maintenance", null, "retry-after: 1800")).Then(Play.Json("{}"));
        FakeClock clock = new();
        Called called = new(Clients.For(server, clock, waitForService: s_hour));
        await clock.Waiting(TimeSpan.FromSeconds(1800)).Soon();
        Assert.EndsWith("next try in 30 min", called.Told(CallEventKind.Waiting).Single(), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(1800));

        Assert.Equal(2, (await called.Reply.Soon()).Attempts);
    }

    [Fact]
    public async Task One_that_returns_too_late_fails_at_once_and_says_when_to_come_back()
    {
        await using RawServer server = new() { Otherwise = Play.Error(503, "maintenance", null, "retry-after: 7200") };
        FakeClock clock = new();
        CBorgException failure = await Assert.ThrowsAsync<CBorgServiceException>(() =>
            new Called(Clients.For(server, clock, waitForService: s_hour)).Reply.Soon()
        );

        Assert.Equal((1, FakeClock.Start.AddHours(2)), (failure.Attempts, failure.RetryAt));
        Assert.Contains("It asks to come back at ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(clock.Asked);
    }
}
