using System;
using System.Linq;
using System.Management.Automation;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

public sealed class ParameterTests : IDisposable
{
    private readonly StubServer _stub = new();
    private readonly EngineSession? _session;

    public ParameterTests() => _session = EngineSession.Open(_stub);

    public void Dispose()
    {
        _session?.Dispose();
        _stub.Dispose();
    }

    private EngineRun Run(string script, params object?[] arguments) => _session!.Run(script, arguments);

    private StubRequest Sent => Assert.Single(_stub.Chats);

    [InlineData("Invoke-CBorgChat 'Why?'")]
    [InlineData("'Why?' | Invoke-CBorgChat")]
    [InlineData("Invoke-CBorgChat -Prompt 'Why?'")]
    [InlineData("[pscustomobject]@{ Prompt = 'Why?' } | Invoke-CBorgChat")]
    [InlineData("[pscustomobject]@{ Text = 'Why' } | Invoke-CBorgChat -Prompt { $_.Text + '?' }")]
    [Theory]
    public void A_question_comes_in_many_ways(string script)
    {
        Run(script).Done();

        Assert.Equal(["user: Why?"], Sent.Messages);
        Assert.Equal("lbl/cborg-chat", Sent.Model);
    }

    [Fact]
    public void IncludeRaw_keeps_the_reply_as_it_came() =>
        Assert.Contains(
            "chat.completion.chunk",
            $"{Run("(Invoke-CBorgChat Hi -IncludeRaw).Raw").Done().One}",
            StringComparison.Ordinal
        );

    [Fact]
    public void Piped_text_stands_below_the_prompt()
    {
        Run("'First text', 'Second text' | Invoke-CBorgChat 'Summarise:' -Model priced -ThrottleLimit 1").Done();

        Assert.Equal(
            ["user: Summarise:\n\nFirst text", "user: Summarise:\n\nSecond text"],
            _stub.Chats.SelectMany(chat => chat.Messages)
        );
    }

    [Fact]
    public void Columns_of_rows_bind_by_name_and_do_not_reach_the_next_row()
    {
        Run("@'\nPrompt,Model,System\nOne?,priced,Be short.\nTwo?,,\n'@ | ConvertFrom-Csv | Invoke-CBorgChat -ThrottleLimit 1")
            .Done();

        Assert.Equal(["system: Be short.", "user: One?"], _stub.Chats[0].Messages);
        Assert.Equal(["user: Two?"], _stub.Chats[1].Messages);
        Assert.Equal(["priced", "lbl/cborg-chat"], _stub.Chats.Select(chat => chat.Model));
    }

    [Fact]
    public void Models_pipe_into_a_chat()
    {
        EngineRun run = Run("Get-CBorgModel -Mode chat | Invoke-CBorgChat 'What letter comes after A?'").Done();

        Assert.Equal(["lbl/cborg-chat", "odd name (beta)", "priced"], _stub.Chats.Select(chat => chat.Model).Order());
        Assert.All(_stub.Chats, chat => Assert.Equal(["user: What letter comes after A?"], chat.Messages));
        Assert.All(run.Output, result => Assert.Equal("What letter comes after A?", result!.Get("Input")));
    }

    [Fact]
    public void A_result_piped_on_continues_the_conversation_with_its_model()
    {
        Run("Invoke-CBorgChat 'First?' -Model priced -System 'Be kind.' | Invoke-CBorgChat 'Second?'").Done();

        Assert.Equal(["system: Be kind.", "user: First?", "assistant: B", "user: Second?"], _stub.Chats[1].Messages);
        Assert.Equal("priced", _stub.Chats[1].Model);
    }

    [Fact]
    public void A_system_text_replaces_that_of_the_conversation()
    {
        Run("$r = Invoke-CBorgChat 'First?' -System 'Be kind.'; Invoke-CBorgChat 'Second?' -Message $r -System 'Be rude.'")
            .Done();

        Assert.Equal(["system: Be rude.", "user: First?", "assistant: B", "user: Second?"], _stub.Chats[1].Messages);
    }

    [InlineData("@{ role = 'user'; content = 'Hi' }")]
    [InlineData("([ordered]@{ Role = 'user'; Content = 'Hi' })")]
    [InlineData("([pscustomobject]@{ role = 'user'; content = 'Hi' })")]
    [InlineData("'Hi'")]
    [InlineData("([CBorg.ChatMessage]::new('user', 'Hi'))")]
    [InlineData("@(@{ role = 'user'; content = 'Hi' })")]
    [InlineData("('[{\"role\":\"user\",\"content\":\"Hi\"}]' | ConvertFrom-Json)")]
    [Theory]
    public void Messages_are_given_as_one_has_them(string message)
    {
        Run($"Invoke-CBorgChat -Message {message} -Model priced").Done();

        Assert.Equal(["user: Hi"], Sent.Messages);
    }

    [Fact]
    public void Messages_of_all_kinds_mix()
    {
        Run(
                "$r = Invoke-CBorgChat 'One' -Model priced; Invoke-CBorgChat -Message @{ role = 'system'; content = 'S' }, $r, 'Two', @{ role = 'tool'; content = 42; tool_call_id = 'c1' }"
            )
            .Done();

        Assert.Equal(["system: S", "user: One", "assistant: B", "user: Two", "tool: 42"], _stub.Chats[1].Messages);
        Assert.Equal("c1", _stub.Chats[1].Json.GetProperty("messages")[4].GetProperty("tool_call_id").GetString());
    }

    [InlineData("@{ role = 'user'; contents = 'Hi' }", "no member 'contents'")]
    [InlineData("@{ content = 'Hi' }", "needs a role")]
    [InlineData("42", "A message is a hashtable")]
    [InlineData("(Get-Date)", "A message is a hashtable")]
    [InlineData("@{ role = 'user'; content = @('a', 'b') }", "content")]
    [InlineData("@{ role = 'user'; content = @{ type = 'text'; text = 'a' } }", "content")]
    [InlineData("@{ role = @('user', 'system'); content = 'a' }", "role")]
    [Theory]
    public void Messages_that_make_no_sense_are_refused(string message, string words)
    {
        EngineRun run = Run($"Invoke-CBorgChat 'Hi' -Message {message}");

        Assert.Contains(words, run.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_stub.Requests);
    }

    [Fact]
    public void An_extra_body_goes_as_it_is()
    {
        Run(
                """
                $schema = '{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}' | ConvertFrom-Json
                Invoke-CBorgChat 'Hi' -ExtraBody @{
                    response_format = @{ type = 'json_schema'; json_schema = [pscustomobject]@{ name = 'x'; schema = $schema } }
                    tags = @('a', 1, $true, $null, @(1.5, 2))
                    one = , 'alone'
                    big = [long]9007199254740993
                    flag = [switch]$true
                    top_k = 40
                    'größe' = 'Ω'
                }
                """
            )
            .Done();

        string body = Sent.Body;
        Assert.Contains(
            "\"schema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}",
            body,
            StringComparison.Ordinal
        );
        Assert.Contains("\"tags\":[\"a\",1,true,null,[1.5,2]]", body, StringComparison.Ordinal);
        Assert.Contains("\"one\":[\"alone\"]", body, StringComparison.Ordinal);
        Assert.Contains("\"big\":9007199254740993", body, StringComparison.Ordinal);
        Assert.Contains("\"flag\":true", body, StringComparison.Ordinal);
        Assert.Contains("\"größe\":\"Ω\"", body, StringComparison.Ordinal);
    }

    [InlineData("$h = @{}; $h.self = $h; Invoke-CBorgChat Hi -ExtraBody $h", "deep")]
    [InlineData("$o = [pscustomobject]@{ me = $null }; $o.me = $o; Invoke-CBorgChat Hi -ExtraBody @{ o = $o }", "deep")]
    [InlineData("$h = @{}; $h.self = $h; Invoke-CBorgRestMethod /x -Body $h", "deep")]
    [InlineData("Invoke-CBorgChat Hi -ExtraBody @{ x = [double]::NaN }", "NaN")]
    [InlineData("Invoke-CBorgChat Hi -ExtraBody @{ x = (Get-Item .) }", "DirectoryInfo")]
    [Theory]
    public void Values_that_JSON_cannot_hold_are_refused(string script, string words)
    {
        EngineRun run = Run(script);

        Assert.StartsWith("BadRequest", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, run.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_stub.Requests);
    }

    [Fact]
    public void Parameters_go_by_their_names_on_the_wire_and_those_not_given_do_not_go()
    {
        Run("Invoke-CBorgChat Hi -Temperature 0 -TopP 0.5 -MaxTokens 7 -Stop a, b -Seed 3 -ReasoningEffort low -Model priced")
            .Done();
        Run("Invoke-CBorgChat Hi -Model priced").Done();

        string first = _stub.Chats[0].Body;
        Assert.Contains(
            "\"temperature\":0,\"top_p\":0.5,\"max_tokens\":7,\"seed\":3,\"reasoning_effort\":\"low\",\"stop\":[\"a\",\"b\"]",
            first,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["model", "messages", "stream", "stream_options"],
            _stub.Chats[1].Json.EnumerateObject().Select(member => member.Name)
        );
    }

    [InlineData("$key")]
    [InlineData("@($key)")]
    [InlineData("[pscustomobject]@{ key = $key }")]
    [Theory]
    public void A_key_in_plain_text_is_refused_with_three_right_ways_and_not_repeated(string argument)
    {
        EngineRun run = Run($"$key = 'sk-' + 'secretsecretsecret'; Connect-CBorg -ApiKey {argument}");

        string text = run.Error.ToString();
        Assert.Contains("$env:CBORG_API_KEY", text, StringComparison.Ordinal);
        Assert.Contains("Read-Host -AsSecureString", text, StringComparison.Ordinal);
        Assert.Contains("Get-Secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "secretsecret",
            run.Error.Exception + text + Run("$Error[0] | Format-List * -Force | Out-String -Width 500").One,
            StringComparison.Ordinal
        );
    }

    [InlineData("[pscustomobject]@{ Id = 1; Text = 'x' } | Invoke-CBorgChat", "Id, Text")]
    [InlineData("Get-Item . | Invoke-CBorgChat", "DirectoryInfo")]
    [InlineData("@{ a = 1 } | Invoke-CBorgChat", "no property Prompt")]
    [InlineData("Get-CBorgConnection | Invoke-CBorgChat", "no property Prompt")]
    [InlineData("'' | Invoke-CBorgChat", "There is no question")]
    [InlineData("Invoke-CBorgChat", "There is no question")]
    [InlineData("Invoke-CBorgChat -System 'Be kind.'", "There is no question")]
    [InlineData("Invoke-CBorgChat '   '", "There is no question")]
    [Theory]
    public void What_holds_no_question_is_refused_and_nothing_is_sent(string script, string words)
    {
        EngineRun run = Run(script);

        Assert.Equal("BadRequest,CBorg.Commands.InvokeCBorgChatCommand", run.Error.FullyQualifiedErrorId);
        Assert.Contains(words, run.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_stub.Requests);
    }

    [Fact]
    public void A_row_without_a_question_does_not_stop_the_others()
    {
        EngineRun run = Run(
            "[pscustomobject]@{ Prompt = 'a' }, [pscustomobject]@{ Text = 'b' }, [pscustomobject]@{ Prompt = 'c' } | Invoke-CBorgChat"
        );

        Assert.Equal(2, run.Output.Count);
        Assert.Equal("b", ((PSObject)run.Error.TargetObject).Text("Text"));
    }

    [InlineData("Invoke-CBorgChat Hi -Stream -NoStream", "AmbiguousParameterSet")]
    [InlineData("Invoke-CBorgChat Hi -Temperature 3", "ParameterArgumentValidationError")]
    [InlineData("Invoke-CBorgChat Hi -MaxTokens 0", "ParameterArgumentValidationError")]
    [Theory]
    public void Parameters_out_of_range_are_refused(string script, string id)
    {
        EngineRun run = Run(script);

        Assert.StartsWith(id, run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_stub.Requests);
    }

    [InlineData("42 | Invoke-CBorgChat 'Double it:'", "user: Double it:\n\n42")]
    [InlineData("1.5 | Invoke-CBorgChat", "user: 1.5")]
    [InlineData("'2026-01-02' | Invoke-CBorgChat", "user: 2026-01-02")]
    [InlineData("[uri]'https://x.test/a' | Invoke-CBorgChat 'Where?'", "user: Where?\n\nhttps://x.test/a")]
    [Theory]
    public void Plain_values_are_text(string script, string expected)
    {
        Run(script).Done();

        Assert.Equal([expected], Sent.Messages);
    }
}
