using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

public sealed class ErrorTests : IDisposable
{
    private const string Command = ",CBorg.Commands.InvokeCBorgChatCommand";
    private const string Past = StubReplies.CallHeaders;
    private const string Limited = "Rate limit exceeded for api_key: 88dc28d0f030c55e. Limit type: ";

    private readonly StubServer _stub = new();
    private readonly EngineSession? _session;

    public ErrorTests() => _session = EngineSession.Open(_stub);

    public void Dispose()
    {
        _session?.Dispose();
        _stub.Dispose();
    }

    private EngineRun Run(string script, params object?[] arguments) => _session!.Run(script, arguments);

    [InlineData(
        401,
        "auth_error",
        "Authentication Error, No api key passed in.",
        "",
        "KeyMissing",
        "AuthenticationError",
        "CBorgAuthenticationException",
        "Connect-CBorg"
    )]
    [InlineData(
        401,
        "token_not_found_in_db",
        "Authentication Error, Invalid proxy server token passed. Received API Key = sk-...cdef",
        "",
        "KeyUnknown",
        "AuthenticationError",
        "CBorgAuthenticationException",
        "/key/manage"
    )]
    [InlineData(
        400,
        "expired_key",
        "Authentication Error - Expired Key. Key Expiry time 2025-01-01",
        "",
        "KeyExpired",
        "AuthenticationError",
        "CBorgAuthenticationException",
        "/key/manage"
    )]
    [InlineData(
        401,
        "expired_key",
        "Authentication Error - Expired Key. Key Expiry time 2025-01-01",
        "",
        "KeyExpired",
        "AuthenticationError",
        "CBorgAuthenticationException",
        "/key/manage"
    )]
    [InlineData(
        401,
        "auth_error",
        "Authentication Error, Key is blocked. Update via `/key/unblock` if you're admin.",
        "",
        "KeyBlocked",
        "PermissionDenied",
        "CBorgAuthenticationException",
        "scienceit@lbl.gov"
    )]
    [InlineData(
        400,
        "budget_exceeded",
        "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0",
        "",
        "Budget",
        "QuotaExceeded",
        "CBorgBudgetException",
        "Get-CBorgSpend"
    )]
    [InlineData(
        429,
        "budget_exceeded",
        "ExceededBudget: User=me over budget. Spend=50.1, Budget=50.0",
        "",
        "Budget",
        "QuotaExceeded",
        "CBorgBudgetException",
        "Get-CBorgSpend"
    )]
    [InlineData(
        429,
        "throttling_error",
        "Max budget limit reached.",
        "",
        "Budget",
        "QuotaExceeded",
        "CBorgBudgetException",
        "free models stop too"
    )]
    [InlineData(
        400,
        "None",
        "{'error': '/chat/completions: Invalid model name passed in model=x. Call `/v1/models` to view available models for your key.'}",
        "",
        "ModelNotFound",
        "ObjectNotFound",
        "CBorgRequestException",
        "Get-CBorgModel"
    )]
    [InlineData(
        401,
        "key_model_access_denied",
        "key not allowed to access model. This key can only access models=['a']. Tried to access x",
        "",
        "ModelNotAllowed",
        "PermissionDenied",
        "CBorgAuthenticationException",
        "Get-CBorgModel"
    )]
    [InlineData(
        400,
        null,
        "litellm.ContextWindowExceededError: litellm.BadRequestError: OpenAIException - This model's maximum context length is 128000 tokens.",
        Past,
        "ContextWindow",
        "LimitsExceeded",
        "CBorgRequestException",
        "MaxInputTokens"
    )]
    [InlineData(
        400,
        null,
        "litellm.ContentPolicyViolationError: refused",
        Past,
        "ContentPolicy",
        "InvalidArgument",
        "CBorgRequestException",
        "Reword"
    )]
    [InlineData(
        400,
        "None",
        "litellm.UnsupportedParamsError: openai does not support parameters: ['seed']",
        Past,
        "BadRequest",
        "InvalidArgument",
        "CBorgRequestException",
        "parameter"
    )]
    [InlineData(
        429,
        "None",
        Limited + "requests. Current limit: 20, Remaining: 0. Limit resets at: 2026-11-21 23:00:00 UTC",
        "retry-after: 60\r\nrate_limit_type: requests\r\n",
        "RequestLimit",
        "LimitsExceeded",
        "CBorgRateLimitException",
        "60 s"
    )]
    [InlineData(
        429,
        "None",
        Limited + "tokens. Current limit: 1000, Remaining: 0. Limit resets at: 2026-11-21 23:00:00 UTC",
        "retry-after: 60\r\nrate_limit_type: tokens\r\n",
        "TokenLimit",
        "LimitsExceeded",
        "CBorgRateLimitException",
        "-MaxTokens"
    )]
    [InlineData(
        429,
        "None",
        Limited + "max_parallel_requests. Current limit: 2, Remaining: 0.",
        "retry-after: 60\r\nrate_limit_type: max_parallel_requests\r\n",
        "ParallelLimit",
        "LimitsExceeded",
        "CBorgRateLimitException",
        "in flight"
    )]
    [InlineData(
        429,
        "throttling_error",
        "litellm.RateLimitError: RateLimitError: OpenAIException - Please try again in 20s",
        Past,
        "ProviderLimit",
        "LimitsExceeded",
        "CBorgRateLimitException",
        "20 s"
    )]
    [InlineData(
        429,
        null,
        "No deployments available for selected model, Try again in 5 seconds. Passed model=x.",
        Past,
        "Resting",
        "LimitsExceeded|ResourceUnavailable",
        "CBorgRateLimitException",
        "another model"
    )]
    [InlineData(
        401,
        null,
        "litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key provided",
        Past,
        "ProviderRefused",
        "ResourceUnavailable",
        "CBorgServiceException",
        "Your own key is in order"
    )]
    [InlineData(
        500,
        null,
        "litellm.InternalServerError: OpenAIException - overloaded",
        Past,
        "ProviderFault",
        "ResourceUnavailable",
        "CBorgServiceException",
        "another model"
    )]
    [InlineData(
        408,
        null,
        "litellm.Timeout: APITimeoutError - Request timed out.",
        Past,
        "ProviderTimeout",
        "OperationTimeout",
        "CBorgTimeoutException",
        "another model"
    )]
    [Theory]
    public void What_the_proxy_refuses_is_told_with_what_to_do_next(
        int status,
        string? type,
        string message,
        string headers,
        string id,
        string categories,
        string exception,
        string advice
    )
    {
        _stub.Chat = exchange => exchange.ErrorAsync(status, type, message, headers);

        ErrorRecord error = Run("'Why?' | Invoke-CBorgChat -Model x").Error;

        Assert.Equal(id + Command, error.FullyQualifiedErrorId);
        Assert.Contains(error.CategoryInfo.Category.ToString(), categories.Split('|'));
        Assert.Equal("CBorg." + exception, error.Exception.GetType().FullName);
        Assert.Contains(advice, error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"status {status}", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(status, PSObject.AsPSObject(error.Exception).Get("StatusCode"));
        Assert.Equal("Why?", error.TargetObject?.ToString());
        Assert.Equal(
            headers.Contains(StubReplies.CallId, StringComparison.Ordinal),
            error.ToString().Contains(StubReplies.CallId, StringComparison.Ordinal)
        );
        Assert.Single(_stub.Chats);
    }

    [InlineData(500, "text/plain", "Internal Server Error", "", "ProxyFault", "ResourceUnavailable")]
    [InlineData(
        502,
        "text/html",
        "<html><head><title>502</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>",
        "",
        "ProxyFault",
        "ResourceUnavailable"
    )]
    [InlineData(502, "text/plain", "error code: 502", "cf-ray: 9f00-SJC\r\n", "EdgeFault", "ResourceUnavailable")]
    [InlineData(
        403,
        "text/html",
        "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry, you have been blocked</body></html>",
        "cf-ray: 9f00-SJC\r\n",
        "EdgeBlocked",
        "PermissionDenied"
    )]
    [InlineData(403, "text/plain", "error code: 1010", "cf-ray: 9f00-SJC\r\n", "EdgeBlocked", "PermissionDenied")]
    [InlineData(429, "text/plain", "error code: 1015", "cf-ray: 9f00-SJC\r\nretry-after: 30\r\n", "EdgeLimit", "LimitsExceeded")]
    [InlineData(200, "application/json", "this is no JSON", "", "InvalidResponse", "InvalidData")]
    [InlineData(200, "text/html", "<html>Sign in</html>", "", "InvalidResponse", "InvalidData")]
    [InlineData(200, "application/json", "{\"hello\":1}", "", "InvalidResponse", "InvalidData")]
    [InlineData(200, "application/json", "[]", "", "InvalidResponse", "InvalidData")]
    [InlineData(200, "application/json", "null", "", "InvalidResponse", "InvalidData")]
    [InlineData(200, "application/json", "", "", "InvalidResponse", "InvalidData")]
    [InlineData(302, "text/html", "", "location: https://elsewhere.test/\r\n", "InvalidResponse", "InvalidData")]
    [InlineData(404, "application/json", "{\"detail\":\"Not Found\"}", "", "NotFound", "ObjectNotFound")]
    [Theory]
    public void What_stands_between_is_told_apart(
        int status,
        string contentType,
        string body,
        string headers,
        string id,
        string category
    )
    {
        _stub.Chat = exchange => exchange.ReplyAsync(status, contentType, body, headers);

        ErrorRecord error = Run("'Why?' | Invoke-CBorgChat -Model x").Error;

        Assert.Equal(id + Command, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category.ToString());
        Assert.DoesNotContain("<body>", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            headers.Contains("cf-ray", StringComparison.Ordinal),
            error.ToString().Contains("9f00-SJC", StringComparison.Ordinal)
        );
        Assert.Single(_stub.Chats);
    }

    [InlineData(401, "token_not_found_in_db", "Authentication Error, Invalid proxy server token passed.", "KeyUnknown")]
    [InlineData(400, "expired_key", "Authentication Error - Expired Key.", "KeyExpired")]
    [InlineData(400, "budget_exceeded", "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0", "Budget")]
    [InlineData(429, "throttling_error", "Max budget limit reached.", "Budget")]
    [Theory]
    public void What_would_fail_all_rows_ends_the_pipeline_after_one_request(int status, string type, string message, string id)
    {
        _stub.Chat = exchange => exchange.ErrorAsync(status, type, message);

        EngineRun run = Run(
            "1..10 | ForEach-Object { \"Question $_\" } | Invoke-CBorgChat -Model priced -ThrottleLimit 1 -ErrorAction SilentlyContinue; 'after'"
        );

        Assert.Equal(id + Command, run.Ended?.FullyQualifiedErrorId);
        Assert.Empty(run.Output);
        Assert.Single(_stub.Chats);
    }

    [Fact]
    public void What_fails_one_row_lets_the_others_go()
    {
        int count = 0;
        _stub.Chat = exchange =>
            ++count % 2 == 0 ? exchange.ErrorAsync(400, null, "litellm.BadRequestError: no") : exchange.AnswerAsync("B");

        EngineRun run = Run("1..10 | ForEach-Object { \"Question $_\" } | Invoke-CBorgChat -Model priced -ThrottleLimit 1");

        Assert.Null(run.Ended);
        Assert.Equal(5, run.Output.Count);
        Assert.Equal(
            ["Question 2", "Question 4", "Question 6", "Question 8", "Question 10"],
            run.Errors.Select(error => error.TargetObject?.ToString())
        );
        Assert.Equal(10, _stub.Chats.Count);
    }

    [Fact]
    public void A_model_with_a_slip_in_its_name_is_guessed()
    {
        _stub.Chat = exchange =>
            exchange.ErrorAsync(
                400,
                "None",
                "{'error': '/chat/completions: Invalid model name passed in model=pricd. Call `/v1/models` to view available models for your key.'}"
            );

        Assert.Contains(
            "Did you mean priced?",
            Run("Invoke-CBorgChat Hi -Model pricd").Error.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_a_key_nothing_is_sent()
    {
        using EngineSession session = EngineSession.Open();

        EngineRun run = session.Run(
            """
            $kept = $env:CBORG_API_KEY
            try { $env:CBORG_API_KEY = $null; Connect-CBorg -BaseUri $args[0] -WarningAction SilentlyContinue; 1..3 | Invoke-CBorgChat } finally { $env:CBORG_API_KEY = $kept }
            """,
            _stub.Address
        );

        Assert.Equal("KeyMissing" + Command, run.Ended?.FullyQualifiedErrorId);
        Assert.Contains("$env:CBORG_API_KEY", run.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_stub.Requests);
    }

    [Fact]
    public void Where_nobody_listens_the_pipeline_ends_at_the_first_row()
    {
        _session!.Connect(NobodyThere());

        EngineRun run = Run("1..10 | Invoke-CBorgChat -Model priced -ThrottleLimit 1");

        Assert.Equal("ConnectionFailed" + Command, run.Ended?.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ConnectionError, run.Error.CategoryInfo.Category);
        Assert.Equal(1, run.Error.TargetObject is PSObject wrapped ? wrapped.BaseObject : run.Error.TargetObject);
        Assert.Contains("Test-CBorgConnection", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nobody_has_is_told_as_such()
    {
        _session!.Connect(new Uri("https://no-such-host.invalid"));

        EngineRun run = Run("Invoke-CBorgChat Hi -Model priced");

        Assert.Equal("ConnectionFailed" + Command, run.Error.FullyQualifiedErrorId);
        Assert.Contains("no-such-host.invalid", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_breaks_before_the_headers_is_no_connection()
    {
        _stub.Chat = exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        };

        EngineRun run = Run("Invoke-CBorgChat Hi -Model priced");

        Assert.Equal("ConnectionFailed" + Command, run.Error.FullyQualifiedErrorId);
    }

    [InlineData("")]
    [InlineData("-Stream")]
    [Theory]
    public void A_stream_that_breaks_keeps_what_came_and_does_not_ask_again(string how)
    {
        using EngineSession session = EngineSession.Open(_stub, retries: 3);
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.PieceAsync("Half of ");
            await exchange.PieceAsync("an ans");
            exchange.Reset();
        });

        EngineRun run = session.Run($"'Why?', 'How?' | Invoke-CBorgChat -Model priced -ThrottleLimit 1 {how}");

        Assert.Null(run.Ended);
        Assert.Equal("StreamInterrupted" + Command, run.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ReadError, run.Error.CategoryInfo.Category);
        PSObject partial = PSObject.AsPSObject(run.Error.TargetObject);
        Assert.Equal("CBorg.ChatResult", partial.BaseObject.GetType().FullName);
        Assert.Equal("Half of an ans", partial.Text("Text"));
        Assert.Equal("Why?", partial.Text("Input"));
        Assert.Equal(2, _stub.Chats.Count);
    }

    [InlineData(
        """{"error":{"message":"litellm.APIConnectionError: OpenAIException - gone","type":"None","param":"None","code":"500"}}""",
        "StreamInterrupted"
    )]
    [InlineData("this is no JSON", "StreamInterrupted")]
    [InlineData(
        """{"error":{"message":"Budget has been exceeded! Current cost: 1, Max budget: 1","type":"budget_exceeded","code":"400"}}""",
        "StreamInterrupted"
    )]
    [Theory]
    public void An_error_in_the_middle_of_a_stream_keeps_what_came(string data, string id)
    {
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.PieceAsync("Half");
            await exchange.EventAsync(data);
            await exchange.StallAsync();
        });

        EngineRun run = Run("Invoke-CBorgChat Hi -Model priced");

        Assert.Equal(id + Command, run.Error.FullyQualifiedErrorId);
        Assert.Equal("Half", PSObject.AsPSObject(run.Error.TargetObject).Text("Text"));
    }

    [Fact]
    public void A_budget_that_ends_in_the_first_event_ends_the_pipeline()
    {
        _stub.Chat = async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.EventAsync(
                """{"error":{"message":"Budget has been exceeded! Current cost: 1, Max budget: 1","type":"budget_exceeded","code":"400"}}"""
            );
            await exchange.StallAsync();
        };

        EngineRun run = Run("1..3 | Invoke-CBorgChat -Model priced -ThrottleLimit 1");

        Assert.Equal("Budget" + Command, run.Ended?.FullyQualifiedErrorId);
        Assert.Single(_stub.Chats);
    }

    [InlineData(0)]
    [InlineData(2)]
    [Theory]
    public void A_failure_is_tried_again_as_often_as_asked_and_never_for_a_budget(int retries)
    {
        using EngineSession session = EngineSession.Open(_stub, retries);
        _stub.Chat = exchange =>
            exchange.ErrorAsync(500, null, "litellm.InternalServerError: OpenAIException - overloaded", "retry-after: 0\r\n");
        EngineRun run = session.Run("Invoke-CBorgChat Hi -Model priced");
        Assert.Equal("ProviderFault" + Command, run.Error.FullyQualifiedErrorId);
        Assert.Equal(retries + 1, _stub.Chats.Count);
        Assert.Equal(retries + 1, PSObject.AsPSObject(run.Error.Exception).Get("Attempts"));

        _stub.Chat = exchange => exchange.ErrorAsync(429, "budget_exceeded", "Budget has been exceeded!", "retry-after: 0\r\n");
        session.Run("Invoke-CBorgChat Hi -Model priced");
        Assert.Equal(retries + 2, _stub.Chats.Count);
    }

    [Fact]
    public void ErrorAction_Stop_ends_at_the_first_error()
    {
        _stub.Chat = exchange => exchange.ErrorAsync(400, null, "litellm.BadRequestError: no");

        EngineRun run = Run("1..3 | Invoke-CBorgChat -Model priced -ThrottleLimit 1 -ErrorAction Stop");

        Assert.StartsWith("BadRequest", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(_stub.Chats);
    }

    [InlineData("[CBorg.CBorgBudgetException]", 400, "budget_exceeded", "Budget has been exceeded!", "Budget")]
    [InlineData("[CBorg.CBorgException]", 400, "budget_exceeded", "Budget has been exceeded!", "Budget")]
    [InlineData(
        "[CBorg.CBorgAuthenticationException]",
        401,
        "token_not_found_in_db",
        "Invalid proxy server token passed.",
        "KeyUnknown"
    )]
    [InlineData("[CBorg.CBorgRequestException]", 400, null, "litellm.BadRequestError: no", "BadRequest")]
    [Theory]
    public void Failures_are_caught_by_their_type(string type, int status, string? errorType, string message, string kind)
    {
        _stub.Chat = exchange => exchange.ErrorAsync(status, errorType, message);

        EngineRun run = Run(
                $"try {{ 'Why?' | Invoke-CBorgChat -Model priced -ErrorAction Stop }} catch {type} {{ $_.Exception.Kind; $_.Exception.StatusCode; $_.TargetObject }}"
            )
            .Done();

        Assert.Equal([kind, $"{status}", "Why?"], run.Texts);
    }

    [InlineData("Get-CBorgModel", "GetCBorgModelCommand")]
    [InlineData("Invoke-CBorgRestMethod /x", "InvokeCBorgRestMethodCommand")]
    [Theory]
    public void Other_cmdlets_tell_failures_in_the_same_way(string script, string command)
    {
        _stub.Account = null;
        _stub.Catalog = _stub.Other = exchange => exchange.ErrorAsync(400, "budget_exceeded", "Budget has been exceeded!");

        EngineRun run = Run(script);

        Assert.Equal($"Budget,CBorg.Commands.{command}", run.Ended?.FullyQualifiedErrorId);
        Assert.Contains("Get-CBorgSpend", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_not_there_does_not_keep_the_others_from_being_found()
    {
        EngineRun run = Run("Get-CBorgModel nothing, priced; 'nix', 'priced' | Get-CBorgModel; Get-CBorgModel none*");

        Assert.Equal(["priced", "priced"], run.Texts);
        Assert.Equal(["nothing", "nix"], run.Errors.Select(error => error.TargetObject?.ToString()));
        Assert.All(
            run.Errors,
            error => Assert.Equal("ModelNotFound,CBorg.Commands.GetCBorgModelCommand", error.FullyQualifiedErrorId)
        );
    }

    [InlineData("/../x")]
    [InlineData("https://elsewhere.test/x")]
    [InlineData("//elsewhere.test/x")]
    [InlineData("\\\\elsewhere.test\\x")]
    [Theory]
    public void The_key_goes_to_no_other_host(string path)
    {
        EngineRun run = Run("Invoke-CBorgRestMethod $args[0]", path);

        Assert.NotNull(run.Error);
        Assert.All(_stub.Requests, request => Assert.StartsWith("/", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void An_error_is_readable_on_a_terminal()
    {
        _stub.Chat = exchange =>
            exchange.ErrorAsync(400, "budget_exceeded", "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0");

        string text = Run("try { Invoke-CBorgChat Hi -Model priced } catch { $_ | Out-String -Width 80 }").Done().One.ToString();

        Assert.Contains("The budget is used up.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CBorg.Pipeline", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    private static Uri NobodyThere()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
