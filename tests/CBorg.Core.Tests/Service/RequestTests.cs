using System;
using System.Collections;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>What goes over the wire.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task Every_attempt_is_the_same_request_with_all_its_headers()
    {
        await using RawServer server = new();
        server.Then(Play.Error(503, "down")).Then(Play.Reset).Then(Play.Answer("B"));
        await Asked.Of(server, retries: 3);

        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
        Assert.Single(
            server
                .Requests.Select(request =>
                    string.Join(
                        '\n',
                        request.Headers.OrderBy(header => header.Key).Select(header => $"{header.Key}: {header.Value}")
                    )
                )
                .Distinct()
        );
        Assert.All(
            server.Requests,
            request =>
            {
                Assert.Equal(("POST", "/chat/completions"), (request.Method, request.Path));
                Assert.Equal($"Bearer {Clients.Key}", request.Header("Authorization"));
                Assert.StartsWith("CBorg-PowerShell/", request.Header("User-Agent"), StringComparison.Ordinal);
                Assert.StartsWith("application/json", request.Header("Accept"), StringComparison.Ordinal);
                Assert.Equal("application/json", request.Header("Content-Type"));
                Assert.Equal("0", request.Header("x-litellm-num-retries"));
            }
        );
    }

    [Fact]
    public async Task A_stream_asks_for_its_usage_and_a_plain_question_does_not()
    {
        await using RawServer server = new() { Otherwise = Play.Answer("B") };
        ICBorgClient client = Clients.For(server);
        await Asked.Of(client);
        await Asked.Of(client, Clients.Question(stream: false));
        await Asked.Of(
            client,
            new ChatRequest
            {
                Model = "m",
                Messages = Clients.Question().Messages,
                ExtraBody = new Hashtable { ["stream"] = false },
            }
        );

        Assert.Equal(
            """{"model":"gpt-paid","messages":[{"role":"user","content":"What letter comes after A?"}],"stream":true,"stream_options":{"include_usage":true}}""",
            server.Requests[0].Body
        );
        Assert.Equal(
            """{"model":"gpt-paid","messages":[{"role":"user","content":"What letter comes after A?"}]}""",
            server.Requests[1].Body
        );
        Assert.False(server.Requests[2].Json().TryGetProperty("stream_options", out _));
    }

    [Fact]
    public async Task Everything_asked_for_is_sent_and_the_callers_own_members_win()
    {
        await using RawServer server = new() { Otherwise = Play.Answer("B") };
        await Asked.Of(
            server,
            new ChatRequest
            {
                Model = "lbl/mini:latest",
                Messages =
                [
                    new ChatMessage(ChatRole.System, "Sei knapp – bitte 🙂") { CacheControl = true },
                    new ChatMessage(ChatRole.User, "What is it?")
                    {
                        Images = [new ChatImage("data:image/png;base64,AA==") { Detail = "low" }],
                    },
                    new ChatMessage(ChatRole.Assistant, null)
                    {
                        ToolCalls =
                        [
                            new ChatToolCall
                            {
                                Id = "c1",
                                Name = "f",
                                Arguments = "{}",
                            },
                        ],
                        ThinkingBlocks = """[{"type":"thinking","thinking":"a","signature":"s"}]""",
                    },
                    new ChatMessage("tool", "12:00") { ToolCallId = "c1" },
                ],
                Temperature = 0.5,
                TopP = 1,
                MaxTokens = 100,
                Stop = ["x", "y"],
                Seed = 7,
                ReasoningEffort = "low",
                Stream = false,
                ExtraBody = new Hashtable
                {
                    ["seed"] = 8,
                    ["vendor"] = new Hashtable { ["deep"] = new object?[] { 1, 2.5, true, null } },
                },
            }
        );

        Assert.Equal(
            """{"model":"lbl/mini:latest","messages":["""
                + """{"role":"system","content":"Sei knapp – bitte \uD83D\uDE42","cache_control":{"type":"ephemeral"}},"""
                + """{"role":"user","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"low"}}]},"""
                + """{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}],"thinking_blocks":[{"type":"thinking","thinking":"a","signature":"s"}]},"""
                + """{"role":"tool","content":"12:00","tool_call_id":"c1"}]"""
                + ""","temperature":0.5,"top_p":1,"max_tokens":100,"seed":8,"reasoning_effort":"low","stop":["x","y"],"vendor":{"deep":[1,2.5,true,null]}}""",
            server.Requests[0].Body
        );
    }

    [Fact]
    public async Task A_redirection_is_not_followed_and_the_key_goes_nowhere_else()
    {
        await using RawServer elsewhere = new();
        await using RawServer server = new();
        server.Then(Play.Body("", "text/html", 307, $"Location: {elsewhere.BaseUri}chat/completions"));
        Asked asked = await Asked.Of(server);

        Assert.Equal(ErrorKind.InvalidResponse, asked.Kind);
        Assert.Contains("redirection", asked.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task Without_a_key_nothing_is_sent(string? key)
    {
        await using RawServer server = new();
        Asked asked = await Asked.Of(Clients.For(server, key: key));

        Assert.Equal((ErrorKind.KeyMissing, 0), (asked.Kind, asked.Failure!.Attempts));
        Assert.Contains("CBORG_API_KEY", asked.Failure.Advice, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Empty(server.CatalogRequests);
    }

    [Fact]
    public async Task A_key_copied_with_a_line_break_is_sent_without_and_never_shown()
    {
        await using RawServer server = new();
        server.Then(
            Play.Error(
                401,
                "Authentication Error, LiteLLM Virtual Key expected. Received=plain-secret-key, expected to start with 'sk-'."
            )
        );
        Asked asked = await Asked.Of(Clients.For(server, key: "plain-secret-key\r\n"));

        Assert.Equal("Bearer plain-secret-key", server.Requests[0].Header("Authorization"));
        Assert.DoesNotContain("plain-secret", asked.Failure!.ToString() + asked.Failure.Facts.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_echoed_in_every_place_is_shown_in_none()
    {
        await using RawServer server = new();
        string echo =
            $$"""{"error":{"message":"Key {{Clients.Key}} expired","type":"expired_key","param":"{{Clients.Key}}","code":"400"} }""";
        server.Then(Play.Json(echo, 400, $"x-echo: {Clients.Key}")).Then(Play.Answer("B", $"x-echo: {Clients.Key}"));
        ICBorgClient client = Clients.For(server);
        CBorgException failure = (await Asked.Of(client)).Failure!;
        ErrorFacts facts = failure.Facts;
        ChatResult result = (await Asked.Of(client)).Result;

        Assert.DoesNotContain(
            Clients.Key,
            string.Join(' ', failure.ToString(), failure.Advice, facts.Body, facts.Param, facts.ServerMessage, facts.Type),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(Clients.Key, string.Join(' ', result.Headers.Values), StringComparison.Ordinal);
        Assert.Equal("sk-...WXYZ", client.Connection.Key);
        Assert.DoesNotContain(Clients.Key, client.Connection.ToString(), StringComparison.Ordinal);
    }
}
