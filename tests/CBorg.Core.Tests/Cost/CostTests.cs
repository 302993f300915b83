using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Spend;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Cost;

public class CostTests
{
    private const string Catalogue = """
        {"data":[
        {"model_name":"gpt-paid","litellm_params":{"model":"openai/gpt-paid"},"model_info":{"id":"1","input_cost_per_token":1e-6,"output_cost_per_token":4e-6,"max_output_tokens":16384}},
        {"model_name":"lbl/cborg-mini","litellm_params":{"model":"hosted_vllm/up"},"model_info":{"id":"2","input_cost_per_token":0,"output_cost_per_token":0.0,"max_output_tokens":null}},
        {"model_name":"balanced","litellm_params":{"model":"openai/a"},"model_info":{"id":"3","input_cost_per_token":"1e-06","output_cost_per_token":9e-6,"max_output_tokens":1000}},
        {"model_name":"balanced","litellm_params":{"model":"openai/b"},"model_info":{"id":"4","input_cost_per_token":3e-6,"output_cost_per_token":2e-6,"max_output_tokens":2000}},
        {"model_name":"balanced","litellm_params":{"model":"openai/c"},"model_info":{"id":"5"}},
        {"model_name":"unpriced","litellm_params":{"model":"openai/c"},"model_info":{"id":"6"}},
        {"model_name":"tiered","litellm_params":{"model":"x"},"model_info":{"id":"7","input_cost_per_token":1e-6,"input_cost_per_token_above_200k_tokens":2e-6,"output_cost_per_token":1e-6}},
        {"model_name":"thinker","litellm_params":{"model":"x"},"model_info":{"id":"8","input_cost_per_token":1e-6,"output_cost_per_token":1e-6,"output_cost_per_reasoning_token":5e-6,"max_output_tokens":100}}
        ]}
        """;

    private const string Counted =
        """{"total_tokens":13,"request_model":"gpt-paid","model_used":"gpt-paid","tokenizer_type":"openai_tokenizer","original_response":null,"error":false,"error_message":null,"status_code":null}""";
    private const string Estimate =
        """{"model":"gpt-paid","input_tokens":1000,"output_tokens":500,"num_requests_per_day":null,"cost_per_request":0.003,"input_cost_per_request":0.001,"output_cost_per_request":0.002,"margin_cost_per_request":0.0,"daily_cost":null,"provider":"openai"}""";
    private const string EstimateOfFree =
        """{"model":"lbl/cborg-mini","cost_per_request":0.0,"input_cost_per_request":0.0,"output_cost_per_request":0.0,"provider":"hosted_vllm"}""";
    private const string AdminOnly =
        """{"error":{"message":"Authentication Error, Only proxy admin can be used to generate, delete, update info for new keys/users/teams. Route=/spend/calculate. Your role=unknown. Your user_id=None","type":"auth_error","param":"None","code":"401"}}""";
    private const string Unmapped =
        """{"error":{"message":"litellm.BadRequestError: LLM Provider NOT provided. Pass in the LLM provider you are trying to call. You passed model=gpt-paid","type":null,"param":null,"code":"400"}}""";

    private static readonly (string Path, StubReply Reply)[] s_usual =
    [
        ("/model/info", Catalogue),
        ("/utils/token_counter", Counted),
    ];

    [Fact]
    public async Task Low_is_the_question_and_high_the_longest_answer_as_well()
    {
        using StubServer server = new(s_usual);
        CostEstimate cost = await MeasureAsync(server, "gpt-paid", maxTokens: 100);
        Assert.Equal(
            (13L, "Server", 100L, 0.000013m, 0.000413m, "ListPrice"),
            (cost.PromptTokens, cost.TokenSource, cost.MaxTokens, cost.LowCost, cost.HighCost, cost.Source)
        );
        StubRequest counted = server.Requests.Last();
        Assert.Equal(
            """{"model":"gpt-paid","messages":[{"role":"user","content":"What letter comes after A?"}]}""",
            counted.Body
        );
    }

    [Theory]
    [InlineData("gpt-paid", 16384L, 0.000013, 0.065549, "ListPrice")]
    [InlineData("balanced", 1000L, 0.000039, 0.009013, "ListPrice")]
    [InlineData("lbl/cborg-mini", null, 0.0, 0.0, "Free")]
    [InlineData("unpriced", null, null, null, "Unknown")]
    [InlineData("tiered", null, 0.000013, null, "ListPrice")]
    [InlineData("thinker", 100L, 0.000013, 0.000513, "ListPrice")]
    public async Task Prices_are_those_of_the_dearest_deployment_and_the_models_own_limit(
        string model,
        long? longest,
        double? low,
        double? high,
        string source
    )
    {
        using StubServer server = new(s_usual);
        CostEstimate cost = await MeasureAsync(server, model);
        Assert.Equal(
            (longest, (decimal?)low, (decimal?)high, source),
            (cost.MaxTokens, cost.LowCost, cost.HighCost, cost.Source)
        );
    }

    [Fact]
    public async Task Long_questions_pay_the_dearer_tier()
    {
        using StubServer server = new(("/model/info", Catalogue), ("/utils/token_counter", """{"total_tokens":200001}"""));
        Assert.Equal(0.400002m, (await MeasureAsync(server, "tiered")).LowCost);
    }

    [Theory]
    [InlineData(404, """{"detail":"Not Found"}""")]
    [InlineData(400, """{"detail":"prompt or messages or contents must be provided"}""")]
    [InlineData(422, """{"detail":[{"type":"missing","loc":["body","model"],"msg":"Field required"}]}""")]
    [InlineData(400, Recorded.UserOverBudget)]
    [InlineData(
        429,
        """{"error":{"message":"ExceededBudget: User=spent@lbl.gov over budget. Spend=50.1, Budget=50.0","type":"budget_exceeded","param":null,"code":"429"}}"""
    )]
    [InlineData(
        403,
        """{"detail":"Virtual key is not allowed to call this route. Only allowed to call routes: ['x']. Tried to call route: /utils/token_counter"}"""
    )]
    [InlineData(200, """{"total_tokens":0,"error":true,"error_message":"no tokenizer","status_code":500}""")]
    [InlineData(200, """{"total_tokens":0}""")]
    [InlineData(200, "null")]
    [InlineData(200, "<html>")]
    public async Task Where_the_server_does_not_count_an_estimate_does(int status, string body)
    {
        using StubServer server = new(("/model/info", Catalogue), ("/utils/token_counter", new StubReply(status, body)));
        CostEstimate cost = await MeasureAsync(server, "gpt-paid");
        Assert.Equal((11L, "Local", 0.000011m), (cost.PromptTokens, cost.TokenSource, cost.LowCost));
    }

    [Fact]
    public async Task No_messages_are_no_tokens_and_an_image_is_said_not_to_be_counted()
    {
        using StubServer server = new(("/model/info", Catalogue));
        Assert.Equal(
            0,
            (await server.Client().MeasureCostAsync(new CostRequest { Model = "gpt-paid" }, null, default)).PromptTokens
        );
        Assert.DoesNotContain("/utils/token_counter", server.Paths);

        List<CallEvent> events = [];
        ChatMessage seen = new() { Content = "12345", Images = [new ChatImage("data:image/png;base64,AAAA")] };
        CostEstimate cost = await server
            .Client()
            .MeasureCostAsync(new CostRequest { Model = "gpt-paid", Messages = [seen] }, events.Add, default);
        Assert.Equal(6, cost.PromptTokens);
        Assert.Contains(
            events,
            told => told.Kind == CallEventKind.Warning && told.Message.Contains("images", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("gpt-payd", "gpt-paid")]
    [InlineData("GPT-PAID", "gpt-paid")]
    [InlineData("cborg-mini", "lbl/cborg-mini")]
    [InlineData("openai/gpt-paid", "gpt-paid")]
    public async Task An_unknown_model_is_refused_with_the_names_that_may_have_been_meant(string asked, string meant)
    {
        using StubServer server = new(s_usual);
        CBorgRequestException unknown = await Assert.ThrowsAsync<CBorgRequestException>(() => MeasureAsync(server, asked));
        Assert.Equal(ErrorKind.ModelNotFound, unknown.Kind);
        Assert.Contains($"Did you mean {meant}?", unknown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/utils/token_counter", server.Paths);
    }

    [Fact]
    public async Task A_name_like_no_other_gets_no_suggestion()
    {
        using StubServer server = new(s_usual);
        Assert.DoesNotContain(
            "mean",
            (await Assert.ThrowsAsync<CBorgRequestException>(() => MeasureAsync(server, "zzzzzzzz"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_model_that_is_newer_than_the_catalogue_is_found()
    {
        int asked = 0;
        using StubServer server = new(request =>
            request.Path == "/model/info"
                ? ++asked == 1
                    ? """{"data":[]}"""
                    : Catalogue
                : Counted
        );
        ICBorgClient client = server.Client();
        await client.GetModelsAsync(false, null, default);
        Assert.Equal("ListPrice", (await client.MeasureCostAsync(Request("gpt-paid"), null, default)).Source);
    }

    [Fact]
    public async Task A_key_without_a_catalogue_gets_tokens_and_no_invented_price()
    {
        using StubServer server = new(("/model/info", Recorded.Barred), ("/utils/token_counter", Counted));
        CostEstimate cost = await MeasureAsync(server, "gpt-paid", maxTokens: 10);
        Assert.Equal((13L, null, null, "Unknown"), (cost.PromptTokens, cost.LowCost, cost.HighCost, cost.Source));
    }

    [Theory]
    [InlineData("""{"cost":1.3e-05}""")]
    [InlineData("""{"cost":"0.000013"}""")]
    public async Task The_servers_price_of_the_question_wins_where_it_has_one(string told)
    {
        using StubServer server = new([.. s_usual, ("/spend/calculate", told), ("/cost/estimate", Estimate)]);
        CostEstimate cost = await MeasureAsync(server, "gpt-paid", maxTokens: 100, askServer: true);
        Assert.Equal((0.000013m, 0.000413m, "/spend/calculate"), (cost.LowCost, cost.HighCost, cost.Source));
        Assert.Equal(["/cost/calculate", "/spend/calculate"], server.Paths.Skip(2));
    }

    [Theory]
    [InlineData(200, """{"cost":0.0}""")]
    [InlineData(200, """{"cost":null}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(400, Unmapped)]
    [InlineData(401, AdminOnly)]
    [InlineData(403, """{"detail":"no"}""")]
    [InlineData(404, """{"detail":"Not Found"}""")]
    [InlineData(500, "Internal Server Error")]
    public async Task A_calculator_that_has_no_price_is_passed_over(int status, string body)
    {
        using StubServer server = new([
            .. s_usual,
            ("/spend/calculate", new StubReply(status, body)),
            ("/cost/estimate", Estimate),
        ]);
        CostEstimate cost = await MeasureAsync(server, "gpt-paid", maxTokens: 500, askServer: true);
        Assert.Equal((0.001m, 0.003m, "/cost/estimate"), (cost.LowCost, cost.HighCost, cost.Source));
        Assert.Equal("""{"model":"gpt-paid","input_tokens":13,"output_tokens":500}""", server.Requests.Last().Body);
    }

    [Theory]
    [InlineData(200, EstimateOfFree)]
    [InlineData(404, """{"detail":{"error":"Could not calculate cost for model 'gpt-paid'"}}""")]
    public async Task Where_no_calculator_answers_the_list_price_stays(int status, string body)
    {
        using StubServer server = new([.. s_usual, ("/cost/estimate", new StubReply(status, body))]);
        Assert.Equal(
            (0.000413m, "ListPrice"),
            (await MeasureAsync(server, "gpt-paid", 100, askServer: true) is var paid ? paid.HighCost : null, paid.Source)
        );
        Assert.Equal(
            (0m, "Free"),
            (await MeasureAsync(server, "lbl/cborg-mini", 100, askServer: true) is var free ? free.HighCost : null, free.Source)
        );
    }

    [Fact]
    public async Task A_price_that_only_the_server_knows_is_taken()
    {
        using StubServer server = new([.. s_usual, ("/spend/calculate", """{"cost":1.3e-05}""")]);
        CostEstimate cost = await MeasureAsync(server, "unpriced", maxTokens: 100, askServer: true);
        Assert.Equal((0.000013m, null, "/spend/calculate"), (cost.LowCost, cost.HighCost, cost.Source));
    }

    private static Task<CostEstimate> MeasureAsync(
        StubServer server,
        string model,
        int? maxTokens = null,
        bool askServer = false
    ) => server.Client().MeasureCostAsync(Request(model, maxTokens, askServer), null, default);

    private static CostRequest Request(string model, int? maxTokens = null, bool askServer = false) =>
        new()
        {
            Model = model,
            Messages = [new ChatMessage("user", "What letter comes after A?")],
            MaxTokens = maxTokens,
            AskServer = askServer,
        };
}
