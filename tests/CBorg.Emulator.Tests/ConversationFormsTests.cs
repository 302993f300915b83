using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

/// <summary>The same conversation as OpenAI's responses and as Anthropic's messages.</summary>
public sealed class ConversationFormsTests
{
    [Theory]
    [InlineData("1.77", "priced-ok", 200)]
    [InlineData("1.81", "priced-ok", 200)]
    [InlineData("1.90", "priced-ok", 404)]
    [InlineData("1.102", "priced-ok", 404)]
    [InlineData("1.102", "lbl/cborg-mini", 200)]
    public async Task Messages_ask_OpenAI_s_providers_for_a_chat_and_from_1_82_on_for_responses(
        string version,
        string model,
        int status
    )
    {
        await using var caller = await StartAsync(version);
        Assert.Equal(status, (await MessageAsync(caller, model)).Status);
    }

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.102")]
    public async Task A_message_has_blocks_a_stop_reason_and_usage(string version)
    {
        await using var caller = await StartAsync(version);
        var body = (await MessageAsync(caller, "lbl/cborg-mini")).Json;
        Assert.Equal("After A comes B.", (string?)body["content"]![0]!["text"]);
        Assert.Equal(
            ("message", "assistant", "end_turn"),
            ((string?)body["type"], (string?)body["role"], (string?)body["stop_reason"])
        );
        Assert.Equal((17, 6), ((int)body["usage"]!["input_tokens"]!, (int)body["usage"]!["output_tokens"]!));
    }

    [Fact]
    public async Task A_message_s_stream_has_Anthropic_s_events_in_their_order()
    {
        await using var caller = await StartAsync("1.102");
        var events = EventsOf((await MessageAsync(caller, "v-tool", ("stream", true))).Text);
        Assert.Equal(
            ["message_start", "content_block_start", "content_block_delta"],
            events.Take(3).Select(e => (string?)e["type"])
        );
        Assert.Equal(["content_block_stop", "message_delta", "message_stop"], events.TakeLast(3).Select(e => (string?)e["type"]));
        var input = string.Concat(events.Select(e => (string?)e["delta"]?["partial_json"]));
        Assert.Equal("UTC", (string?)JsonNode.Parse(input)!["tz"]);
        Assert.Equal("tool_use", (string?)events[^2]["delta"]!["stop_reason"]);
    }

    [Theory]
    [InlineData("1.81", "{\"error\":{")]
    [InlineData("1.102", "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"")]
    public async Task An_error_of_messages_has_Anthropic_s_form_only_in_later_versions(string version, string beginning)
    {
        await using var caller = await StartAsync(version);
        var said = await MessageAsync(caller, "v-429");
        Assert.Equal(429, said.Status);
        Assert.StartsWith(beginning, said.Text);
        Assert.Equal("0", said.Header("x-litellm-response-cost"));
    }

    [Fact]
    public async Task Tokens_of_a_message_can_be_counted_before()
    {
        await using var caller = await StartAsync("1.102");
        var body = new JsonObject { ["model"] = "lbl/cborg-mini", ["messages"] = Messages() };
        Assert.True((int)(await caller.PostAsync("/v1/messages/count_tokens", "personal", body)).Json["input_tokens"]! > 0);
        body.Remove("messages");
        Assert.Equal(400, (await caller.PostAsync("/v1/messages/count_tokens", "personal", body)).Status);
    }

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.102")]
    public async Task Providers_without_responses_are_asked_for_a_chat(string version)
    {
        await using var caller = await StartAsync(version);
        var body = new JsonObject { ["model"] = "lbl/cborg-mini", ["input"] = "What letter comes after A?" };
        var reply = (await caller.PostAsync("/responses", "personal", body)).Json;
        Assert.Equal("After A comes B.", (string?)reply["output"]![0]!["content"]![0]!["text"]);
        Assert.Equal(("completed", 23), ((string?)reply["status"], (int)reply["usage"]!["total_tokens"]!));
    }

    [Fact]
    public async Task A_response_cut_short_says_that_it_is_incomplete()
    {
        await using var caller = await Caller.StartAsync(new EmulatorOptions { LiteLLM = "1.102" });
        var body = new JsonObject
        {
            ["model"] = "lbl/cborg-chat",
            ["input"] = "Count to 500",
            ["max_output_tokens"] = 20,
            ["stream"] = true,
        };
        var events = EventsOf((await caller.PostAsync("/responses", "personal", body)).Text);
        Assert.Equal("response.incomplete", (string?)events[^1]["type"]);
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => (int)e["sequence_number"]!));
    }

    private static Task<Caller> StartAsync(string version) =>
        Caller.StartAsync(new EmulatorOptions { LiteLLM = version, Catalog = "recordings" });

    private static Task<Said> MessageAsync(Caller caller, string model, params (string Name, JsonNode Value)[] members)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["max_tokens"] = 100,
            ["messages"] = Messages(),
        };
        foreach (var (name, value) in members)
        {
            body[name] = value;
        }

        return caller.PostAsync("/v1/messages", "personal", body);
    }

    private static JsonArray Messages() => [new JsonObject { ["role"] = "user", ["content"] = "What letter comes after A?" }];

    private static List<JsonNode> EventsOf(string text) =>
        [.. text.Split('\n').Where(l => l.StartsWith("data: {")).Select(l => JsonNode.Parse(l[6..])!)];
}
