using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.State;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class InfoSpendTests
{
    private const string November = "start_date=2026-11-01&end_date=2026-11-20";

    [Theory]
    [InlineData("1.77", "personal", 7)]
    [InlineData("1.77", "project", 8)]
    [InlineData("1.81", "project", 8)]
    [InlineData("1.102", "personal", 7)]
    public async Task Activity_is_the_users_and_once_was_everybodys_for_a_key_without_a_user(
        string generation,
        string role,
        int days
    )
    {
        await using var client = await InfoClient.StartAsync(generation);
        var report = await client.ReadAsync("/user/daily/activity?" + November, role);
        Assert.Equal(days, report["results"]!.AsArray().Count);
        Assert.Equal("2026-11-18", (string?)report["results"]![0]!["date"]);
    }

    [Fact]
    public async Task Newer_ones_show_nobody_elses_activity()
    {
        await using var client = await InfoClient.StartAsync("1.102");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/user/daily/activity?" + November, "project")).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await client.GetAsync($"/user/daily/activity?{November}&user_id=other@lbl.gov")).Status
        );
    }

    [Fact]
    public async Task Activity_comes_in_pages_of_rows()
    {
        await using var client = await InfoClient.StartAsync("1.81");
        var metadata = (await client.ReadAsync($"/user/daily/activity?{November}&page_size=10"))["metadata"]!;
        Assert.Equal(2, (int)metadata["total_pages"]!);
        Assert.True((bool)metadata["has_more"]!);
        var last = await client.ReadAsync($"/user/daily/activity?{November}&page_size=10&page=2");
        Assert.Equal(2, last["results"]!.AsArray().Count);
        Assert.False((bool)last["metadata"]!["has_more"]!);
    }

    [Fact]
    public async Task A_call_shows_in_the_books_after_the_spend_lag()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        await using var client = await InfoClient.StartAsync("1.102", clock, TimeSpan.FromSeconds(5));
        client.Host.World.Record(Spent(client, clock));
        Assert.Empty(await ResultsOf(client));
        clock.Now += TimeSpan.FromSeconds(6);
        var day = Assert.Single(await ResultsOf(client))!;
        Assert.Equal(0.25, (double)day["metrics"]!["spend"]!);
        Assert.Equal(30, (int)day["breakdown"]!["models"]!["openai/up-detailed"]!["metrics"]!["total_tokens"]!);
        Assert.Equal("someone@lbl.gov", (string?)day["breakdown"]!["entities"]!.AsObject().Single().Key);
    }

    [Fact]
    public async Task A_call_is_logged_with_its_usage_and_the_model()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        await using var client = await InfoClient.StartAsync("1.102", clock);
        client.Host.World.Record(Spent(client, clock));
        var log = (await client.ReadAsync("/spend/logs"))[0]!;
        Assert.Equal("chatcmpl-1", (string?)log["request_id"]);
        Assert.Equal(20, (int)log["metadata"]!["usage_object"]!["prompt_tokens"]!);
        Assert.Equal("openai/up-detailed", (string?)log["metadata"]!["model_map_information"]!["model_map_key"]);
        Assert.Equal("User-Agent: tests", (string?)log["request_tags"]![0]);
    }

    [Fact]
    public async Task Logs_are_summed_up_by_day_and_filled_to_the_end()
    {
        await using var client = await InfoClient.StartAsync("1.77");
        var days = (await client.ReadAsync("/spend/logs?" + November)).AsArray();
        Assert.Equal(["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"], days.Select(d => (string)d!["startTime"]!));
        Assert.Equal(0.0137, (double)days[1]!["models"]!["openai/gpt-paid"]!);
        Assert.Equal(3, (await client.ReadAsync($"/spend/logs?{November}&summarize=false")).AsArray().Count);
    }

    private static SpentCall Spent(InfoClient client, SetClock clock) =>
        new()
        {
            CallId = "1",
            RequestId = "chatcmpl-1",
            Key = client.Host.World.FindKey(client.Host.Keys["personal"])!,
            ModelGroup = "gpt-paid",
            Deployment = client.Host.World.DeploymentsOf("gpt-paid").First(),
            Endpoint = "/chat/completions",
            PromptTokens = 20,
            CompletionTokens = 10,
            Cost = 0.25,
            Started = clock.Now,
            Ended = clock.Now,
            UserAgent = "tests/1",
        };

    private static async Task<JsonArray> ResultsOf(InfoClient client) =>
        (await client.ReadAsync("/user/daily/activity?start_date=2026-11-21&end_date=2026-11-23"))["results"]!.AsArray();

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
