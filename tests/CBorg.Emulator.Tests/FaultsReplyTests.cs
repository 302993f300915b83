using System;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public class FaultsReplyTests : IAsyncLifetime
{
    private FaultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await FaultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("litellm", "application/json", "{\"error\":{\"message\":\"litellm.APIError: ServiceUnavailableError")]
    [InlineData("fastapi", "application/json", "{\"detail\":\"Service Unavailable.\"}")]
    [InlineData("cloudflare-html", "text/html; charset=UTF-8", "<!DOCTYPE html>")]
    [InlineData("cloudflare-json", "application/json", "{\"type\":\"https://developers.cloudflare.com/")]
    [InlineData("cloudflare-text", "text/plain; charset=utf-8", "error code: 503")]
    [InlineData("nginx-html", "text/html", "<html>\r\n<head><title>503 Service Unavailable</title>")]
    [InlineData("plain", "text/plain; charset=utf-8", "Service Unavailable")]
    public async Task Any_status_comes_with_any_body(string template, string contentType, string beginning)
    {
        var wire = await _bench.AskAsync($"status:503:body={template}:retry-after=2");
        Assert.Equal((503, contentType, "2"), (wire.Status, wire.Header("content-type"), wire.Header("retry-after")));
        Assert.StartsWith(beginning, wire.Body, StringComparison.Ordinal);
        Assert.Equal(template.StartsWith("cloudflare", StringComparison.Ordinal), wire.Header("cf-ray") is not null);
        Assert.Equal(template == "litellm", wire.Header("x-litellm-call-id") is not null);
    }

    [Fact]
    public async Task A_body_may_be_empty()
    {
        var wire = await _bench.AskAsync("status:502:body=empty");
        Assert.Equal((502, "", "0", null), (wire.Status, wire.Body, wire.Header("content-length"), wire.Header("content-type")));
    }

    [Fact]
    public async Task Message_type_and_headers_can_be_chosen()
    {
        var wire = await _bench.AskAsync(
            "status:400:message=Not%20this%3A%20that:type=budget_exceeded:header.x-should-retry=false"
        );
        Assert.Equal("""{"error":{"message":"Not this: that","type":"budget_exceeded","param":null,"code":"400"}}""", wire.Body);
        Assert.Equal("false", wire.Header("x-should-retry"));
    }

    [Fact]
    public async Task Cloudflare_has_numbers_of_its_own()
    {
        var wire = await _bench.AskAsync("status:403:body=cloudflare-json:code=1010");
        var body = JsonNode.Parse(wire.Body)!;
        Assert.Equal(
            (1010, "access_denied", false),
            ((int)body["error_code"]!, (string)body["error_category"]!, (bool)body["retryable"]!)
        );
        Assert.Equal("error code: 1010", (await _bench.AskAsync("status:403:body=cloudflare-text:code=1010")).Body);
    }

    [Theory]
    [InlineData("requests", "Limit type: requests. Current limit: 5, Remaining: 0.", "throttling_error", "60", "requests")]
    [InlineData("tokens", "Limit type: tokens.", "throttling_error", "60", "tokens")]
    [InlineData("max_parallel_requests", "Limit type: max_parallel_requests.", "throttling_error", "60", "max_parallel_requests")]
    [InlineData(
        "provider",
        "litellm.RateLimitError: RateLimitError: OpenAIException - Rate limit reached for requests.",
        "throttling_error",
        null,
        null
    )]
    [InlineData("quota", "exceeded your current quota", "throttling_error", null, null)]
    [InlineData("cooldown", "Try again in 5 seconds. Passed model=gpt-4o.", "internal_server_error", "5", null)]
    [InlineData("budget", "Budget has been exceeded!", "budget_exceeded", null, null)]
    [InlineData("free-budget", "Max budget limit reached.", "throttling_error", null, null)]
    [InlineData("old", "Crossed TPM / RPM / Max Parallel Request Limit", "None", "37.123456", null)]
    public async Task Each_kind_of_429_says_what_it_says(
        string kind,
        string words,
        string type,
        string? retryAfter,
        string? limitType
    )
    {
        var wire = await _bench.AskAsync($"limit:{kind}");
        var error = JsonNode.Parse(wire.Body)!["error"]!;
        Assert.Equal((429, type, "429"), (wire.Status, (string?)error["type"], (string?)error["code"]));
        Assert.Contains(words, (string)error["message"]!, StringComparison.Ordinal);
        Assert.Equal((retryAfter, limitType), (wire.Header("retry-after"), wire.Header("rate_limit_type")));
        Assert.Equal(kind == "budget", wire.Header("x-litellm-call-id") is null);
    }

    [Theory]
    [InlineData("retry-after=7", "retry-after", "7")]
    [InlineData("retry-after=2.5", "retry-after", "2.5")]
    [InlineData("retry-after=none", "retry-after", null)]
    [InlineData("retry-after-ms=1500", "retry-after-ms", "1500")]
    [InlineData("retry-after-ms=1500", "retry-after", null)]
    [InlineData("llm_provider-retry-after=9", "llm_provider-retry-after", "9")]
    [InlineData("retry-after-text=20", "retry-after", null)]
    public async Task Waits_come_in_every_form(string argument, string header, string? value)
    {
        foreach (var kind in new[] { "requests", "cooldown", "provider", "cloudflare" })
        {
            Assert.Equal(value, (await _bench.AskAsync($"limit:{kind}:{argument}")).Header(header));
        }
    }

    [Fact]
    public async Task Waits_may_be_dates_or_only_words()
    {
        var date = (await _bench.AskAsync("limit:requests:retry-after-date=90")).Header("retry-after")!;
        Assert.InRange(
            (DateTimeOffset.ParseExact(date, "R", CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow).TotalSeconds,
            80,
            91
        );
        Assert.Contains(
            "Please try again in 20s.",
            (await _bench.AskAsync("limit:provider:retry-after-text=20")).Body,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Try again in 9 seconds",
            (await _bench.AskAsync("limit:cooldown:retry-after-text=9")).Body,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Try again in 4 seconds",
            (await _bench.AskAsync("status:503:retry-after-text=4")).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_edge_s_429_follows_accept()
    {
        var json = await _bench.AskAsync("limit:cloudflare");
        Assert.Equal(
            (429, "30", 1015),
            (json.Status, json.Header("retry-after"), (int)JsonNode.Parse(json.Body)!["error_code"]!)
        );
        var html = await _bench.AskAsync("limit:cloudflare", accept: "*/*");
        Assert.Contains("Error 1015", html.Body, StringComparison.Ordinal);
        Assert.Equal("error code: 1015", (await _bench.AskAsync("limit:cloudflare:body=cloudflare-text")).Body);
    }

    [Theory]
    [InlineData("redirect", 307, "https://elsewhere.test/v1/chat/completions")]
    [InlineData("redirect:302:to=https%3A%2F%2Fevil.test%2F", 302, "https://evil.test/")]
    public async Task A_redirect_leads_elsewhere(string script, int status, string location)
    {
        var wire = await _bench.AskAsync(script);
        Assert.Equal((status, location), (wire.Status, wire.Header("location")));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("status:abc")]
    [InlineData("status:503:body=nothing")]
    [InlineData("limit:kind=many")]
    [InlineData("no-done:after=3")]
    [InlineData(";")]
    public async Task A_bad_script_is_refused_with_the_names(string script)
    {
        var wire = await _bench.AskAsync(script);
        var body = JsonNode.Parse(wire.Body)!;
        Assert.Equal((400, "fault_script_error"), (wire.Status, (string)body["error"]!["type"]!));
        Assert.NotNull(body["faults"]!["reset-mid-stream"]);
    }
}
