using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>A marked key is used everywhere, the server repeats it wherever it can, and it is found nowhere. The key is in
/// the environment, which is the process's, so these run alone.</summary>
[Collection("process")]
public sealed class SecretTests : IDisposable
{
    private const string Mark = "M4rkedM4rked";
    private const string Variable = "CBORG_API_KEY";

    private static readonly string[] s_commands =
    [
        "Get-CBorgConnection",
        "Get-CBorgModel -Force",
        "Get-CBorgModel nothing",
        "'one', 'two' | Invoke-CBorgChat -Model priced",
        "Invoke-CBorgChat Hi -Model priced -Stream",
        "Invoke-CBorgChat Hi -Model priced -NoStream",
        "Invoke-CBorgChat",
        "Invoke-CBorgRestMethod /x",
        "Invoke-CBorgRestMethod /x -Raw -Method DELETE",
        "Get-CBorgKey",
        "Get-CBorgSpend",
        "Get-CBorgSpend -Daily",
        "$e = New-CBorgEmbedding -Document one, two; $e",
        "New-CBorgEmbedding -Query one",
        "$e | Compare-CBorgEmbedding -Reference $e[0]",
        "Measure-CBorgCost Hi -Model priced -Server",
        "Test-CBorgConnection",
        "Test-CBorgConnection -Quiet",
        "Connect-CBorg -BaseUri $uri -ApiKey $key -PassThru",
        "Disconnect-CBorg",
        "Connect-CBorg -BaseUri $uri -PassThru",
        "Stop-CBorgEmulator -ProcessId 1",
    ];

    private readonly string? _kept = Environment.GetEnvironmentVariable(Variable);
    private readonly StubServer _stub = new();
    private readonly EngineSession? _session = EngineSession.Open();
    private string _key = "sk-" + Mark + "0000abcd";

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _kept);
        _session?.Dispose();
        _stub.Dispose();
    }

    [Fact]
    public void When_all_goes_well() =>
        Search(exchange =>
            exchange.Request.IsChat
                ? exchange.AnswerAsync("B")
                : exchange.JsonAsync(200, Good(exchange.Request), StubReplies.CallHeaders)
        );

    [InlineData(
        401,
        "token_not_found_in_db",
        "Authentication Error, Invalid proxy server token passed. Received API Key = KEY, Key Hash (Token) =88dc. Unable to find token"
    )]
    [InlineData(400, "expired_key", "Authentication Error - Expired Key. Received=KEY")]
    [InlineData(400, "None", "litellm.BadRequestError: bearer KEY is no good, Bearer KEY neither, 'KEY' not at all")]
    [InlineData(429, "None", "Rate limit exceeded for api_key: KEY. Limit type: requests. Current limit: 20, Remaining: 0.")]
    [InlineData(400, "budget_exceeded", "Budget has been exceeded! Key=KEY Current cost: 50.1, Max budget: 50.0")]
    [InlineData(500, "KEY", "Traceback (most recent call last): Authorization: Bearer KEY")]
    [Theory]
    public void When_the_server_repeats_it_in_errors(int status, string type, string message) =>
        Search(exchange =>
            exchange.ErrorAsync(
                status,
                type.Replace("KEY", _key),
                message.Replace("KEY", _key),
                $"x-echo: Bearer {_key}\r\nx-litellm-call-id: {_key}\r\n",
                _key
            )
        );

    [Fact]
    public void When_the_server_repeats_it_with_escapes() =>
        Search(exchange =>
            exchange.JsonAsync(
                400,
                $$$"""{"error":{"message":"no: {{{string.Concat(_key.Select(c => $"\\u{(int)c:x4}"))}}}","type":"None","param":"{{{string.Concat(_key.Select(c => $"\\u{(int)c:x4}"))}}}","code":"400"}}"""
            )
        );

    [InlineData(500, "text/plain", "Internal Server Error for KEY")]
    [InlineData(502, "text/html", "<html><body>Bad Gateway KEY</body></html>")]
    [InlineData(
        403,
        "text/html",
        "<html><body>Cloudflare says: you may not, KEY, because of your address and many other reasons</body></html>"
    )]
    [InlineData(200, "text/html", "<html><body>Sign in, KEY</body></html>")]
    [InlineData(200, "application/json", "KEY is no JSON")]
    [InlineData(200, "application/json", "{\"hello\":\"KEY\"}")]
    [InlineData(200, "application/json", "{\"error\":\"Received=KEY\"}")]
    [Theory]
    public void When_something_else_repeats_it(int status, string contentType, string body) =>
        Search(exchange => exchange.ReplyAsync(status, contentType, body.Replace("KEY", _key), $"cf-ray: {_key}\r\n"));

    [InlineData("{\"error\":{\"message\":\"litellm.APIConnectionError: KEY\",\"type\":\"None\",\"code\":\"500\"}}")]
    [InlineData("KEY is no JSON")]
    [InlineData("{\"error\":\"Received=KEY\"}")]
    [Theory]
    public void When_a_stream_repeats_it(string data) =>
        Search(async exchange =>
        {
            if (!exchange.Request.Streams)
            {
                await exchange.JsonAsync(200, Good(exchange.Request));
                return;
            }

            await exchange.BeginStreamAsync();
            await exchange.PieceAsync("Half ");
            await exchange.EventAsync(data.Replace("KEY", _key));
            await exchange.StallAsync();
        });

    [Fact]
    public void When_a_key_has_another_form()
    {
        _key = "other" + Mark + "0000abcd";
        Search(exchange =>
            exchange.ErrorAsync(
                401,
                "auth_error",
                $"Authentication Error, LiteLLM Virtual Key expected. Received={_key}, expected to start with 'sk-'."
            )
        );
    }

    [Fact]
    public void When_a_key_was_copied_with_its_line_end()
    {
        _key = "other" + Mark + "0000abcd";
        Search(
            exchange =>
                exchange.ErrorAsync(
                    401,
                    "auth_error",
                    $"Authentication Error, LiteLLM Virtual Key expected. Received={_key}, expected to start with 'sk-'."
                ),
            _key + "\n"
        );
    }

    [Fact]
    public void When_a_key_cannot_be_sent()
    {
        _key = "sk-" + Mark + "\u0007\u00e9";
        Search(exchange => exchange.AnswerAsync("B"));
    }

    [Fact]
    public void When_the_line_breaks() =>
        Search(exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });

    [Fact]
    public void A_proxys_password_is_not_taken_in_its_address()
    {
        EngineRun run = _session!.Run(
            "Connect-CBorg -BaseUri $args[0] -Proxy 'http://me:word@127.0.0.1:3128' -ApiKey $args[1]",
            _stub.Address,
            EngineSession.Secret(StubServer.Key)
        );

        Assert.StartsWith("BadRequest", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-ProxyCredential", run.Error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Runs every cmdlet against a server, with the key from the environment and from Connect-CBorg, and looks for
    /// it in everything that anybody could see.</summary>
    private void Search(Func<StubExchange, Task> server, string? given = null)
    {
        _stub.Chat = _stub.Catalog = _stub.Other = server;
        _stub.Account = null;

        // One that cannot be sent is refused when it is there already.
        Environment.SetEnvironmentVariable(Variable, StubServer.Key);
        _session!
            .Run(
                "$uri, $key = $args; Connect-CBorg -BaseUri $uri -MaximumRetryCount 0",
                _stub.Address,
                EngineSession.Secret(given ?? _key)
            )
            .Done();
        Environment.SetEnvironmentVariable(Variable, given ?? _key);
        foreach (string command in s_commands)
        {
            EngineRun run = _session.Run(
                $"$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'\n{command} -Verbose -Debug".Replace(
                    "; $e -Verbose -Debug",
                    " -Verbose -Debug; $e",
                    StringComparison.Ordinal
                )
            );
            _session.Run("$VerbosePreference = $DebugPreference = 'SilentlyContinue'");
            Assert.DoesNotContain(
                "ParameterBinding",
                (run.Ended ?? run.Errors.FirstOrDefault())?.FullyQualifiedErrorId ?? "",
                StringComparison.Ordinal
            );
            LookIn(command, run);
        }

        bool canBeSent = !_key.Any(char.IsControl);
        Assert.Equal(
            canBeSent,
            _stub.Requests.Any(request =>
                request.Headers.TryGetValue("authorization", out string? sent) && sent.Contains(Mark, StringComparison.Ordinal)
            )
        );
        Assert.Empty(
            Found(
                string.Join(
                    "\n",
                    _session
                        .Run(
                            "$Error | ForEach-Object { $_; $_.Exception.ToString(); $_ | Format-List * -Force | Out-String -Width 5000 }"
                        )
                        .Texts
                )
            )
        );
    }

    private void LookIn(string command, EngineRun run)
    {
        StringBuilder seen = new();
        foreach (
            string text in new[] { run.Warnings, run.Verbose, run.Debug, run.Information, run.Texts }
                .SelectMany(texts => texts)
                .Concat(run.Progress.Select(record => $"{record.Activity} {record.StatusDescription} {record.CurrentOperation}"))
        )
        {
            seen.AppendLine(text);
        }

        foreach (ErrorRecord error in run.Errors.Concat(run.Ended is null ? [] : [run.Ended]))
        {
            seen.AppendLine(error.ToString())
                .AppendLine(error.ScriptStackTrace)
                .AppendLine(error.CategoryInfo.ToString())
                .AppendLine(error.FullyQualifiedErrorId);
            for (Exception? e = error.Exception; e is not null; e = e.InnerException)
            {
                seen.AppendLine(e.ToString())
                    .AppendLine(string.Join(" ", e.Data.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}")));
                seen.AppendLine(Dump(e));
            }

            seen.AppendLine(Dump(error.TargetObject));
            seen.AppendLine(
                _session!
                    .Run(
                        "$args[0] | Format-List * -Force | Out-String -Width 5000; [System.Management.Automation.PSSerializer]::Serialize($args[0])",
                        error
                    )
                    .Texts.Aggregate("", string.Concat)
            );
        }

        foreach (PSObject? item in run.Output)
        {
            seen.AppendLine(Dump(item));
        }

        Assert.True(Found(seen.ToString()).Length == 0, $"{command}: {Found(seen.ToString())}");
    }

    /// <summary>An object as scripts save and show it.</summary>
    private string Dump(object? item)
    {
        if (item is null)
        {
            return "";
        }

        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            IReadOnlyList<string> texts = _session!
                .Run(
                    """
                    $item, $file = $args
                    if ($item -is [Exception]) { $item = $item | Select-Object * -ExcludeProperty TargetSite, InnerException }
                    $item | Export-Clixml -LiteralPath $file -Depth 5
                    ConvertTo-Json -InputObject $item -Depth 5 -WarningAction SilentlyContinue
                    $item | Format-List * -Force | Out-String -Width 5000
                    $item | ConvertTo-Csv
                    "$item"
                    """,
                    item,
                    file
                )
                .Texts;
            return string.Join("\n", texts) + File.ReadAllText(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Where the mark is, with a little of what stands around it.</summary>
    private static string Found(string text)
    {
        int at = text.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : text.Substring(Math.Max(0, at - 200), Math.Min(text.Length - Math.Max(0, at - 200), 300));
    }

    private static string Good(StubRequest request) =>
        request.Path switch
        {
            "/model/info" => StubReplies.Catalog,
            "/embeddings" =>
                """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1,2]},{"object":"embedding","index":1,"embedding":[2,1]}],"model":"x","usage":{"prompt_tokens":2,"total_tokens":2}}""",
            "/key/info" =>
                """{"key":"88dc28d0","info":{"key_name":"sk-...abcd","key_alias":"me","spend":1.5,"max_budget":null,"user_id":"me","models":[]}}""",
            "/user/info" =>
                """{"user_id":"me","user_info":{"user_id":"me","spend":1.5,"max_budget":50,"budget_duration":"30d","budget_reset_at":"2026-12-01T00:00:00Z"},"keys":[],"teams":[]}""",
            "/user/daily/activity" => """{"results":[],"metadata":{"page":1,"total_pages":1,"has_more":false}}""",
            _ => """{"ok":true}""",
        };
}
