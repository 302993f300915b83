using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class InfoCostTests
{
    private const string Messages = """[{"role":"user","content":"What letter comes after A?"}]""";

    [Theory]
    [InlineData("1.77", "gpt-paid", 1.3e-05)]
    [InlineData("1.81", "gpt-paid", 1.3e-05)]
    [InlineData("1.102", "gpt-paid", 0)]
    [InlineData("1.102", "gpt-4o-mini", 1.95e-06)]
    public async Task The_prompts_cost_is_known_for_models_of_the_price_map_and_for_others_in_older_ones(
        string generation,
        string model,
        double cost
    )
    {
        await using var client = await InfoClient.StartAsync(generation);
        var (_, body) = await client.PostAsync("/spend/calculate", $$"""{"model":"{{model}}","messages":{{Messages}}}""");
        Assert.Equal(cost, (double)body!["cost"]!, 12);
    }

    [Fact]
    public async Task An_answer_is_priced_by_the_underlying_name_only()
    {
        await using var client = await InfoClient.StartAsync("1.77");
        const string answer =
            """{"completion_response":{"model":"MODEL","usage":{"prompt_tokens":1000,"completion_tokens":500}}}""";
        var (_, known) = await client.PostAsync("/spend/calculate", answer.Replace("MODEL", "openai/up-detailed"));
        var (status, alias) = await client.PostAsync("/spend/calculate", answer.Replace("MODEL", "gpt-paid"));
        Assert.Equal(0.003, (double)known!["cost"]!, 12);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("litellm.BadRequestError: LLM Provider NOT provided.", (string?)alias!["error"]!["message"]);
    }

    [Theory]
    [InlineData("1.77", HttpStatusCode.NotFound)]
    [InlineData("1.81", HttpStatusCode.OK)]
    [InlineData("1.102", HttpStatusCode.OK)]
    public async Task Estimates_came_with_1_81(string generation, HttpStatusCode expected)
    {
        await using var client = await InfoClient.StartAsync(generation);
        const string request = """{"model":"gpt-paid","input_tokens":1000,"output_tokens":500,"num_requests_per_day":100}""";
        var (status, body) = await client.PostAsync("/cost/estimate", request);
        Assert.Equal(expected, status);
        if (status == HttpStatusCode.OK)
        {
            Assert.Equal(0.003, (double)body!["cost_per_request"]!, 12);
            Assert.Equal(0.3, (double)body["daily_cost"]!, 12);
            Assert.Null(body["monthly_cost"]);
        }
    }

    [Fact]
    public async Task Missing_members_are_named_one_by_one()
    {
        await using var client = await InfoClient.StartAsync("1.102");
        var (status, body) = await client.PostAsync("/cost/estimate", """{"input_tokens":1000}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(["model", "output_tokens"], body!["detail"]!.AsArray().Select(p => (string)p!["loc"]![1]!));
    }

    [Theory]
    [InlineData("""{"model":"lbl/cborg-mini","messages":[{"role":"user","content":"What letter comes after A?"}]}""", 13)]
    [InlineData("""{"model":"lbl/cborg-mini","prompt":"What letter comes after A?"}""", 6)]
    public async Task Tokens_are_counted_as_the_recorded_proxy_does(string body, int tokens)
    {
        await using var client = await InfoClient.StartAsync("1.81");
        var (_, reply) = await client.PostAsync("/utils/token_counter", body);
        Assert.Equal(tokens, (int)reply!["total_tokens"]!);
        Assert.Equal("up-vllm", (string?)reply["model_used"]);
    }

    [Theory]
    [InlineData("1.77", "connected", true)]
    [InlineData("1.102", "healthy", false)]
    public async Task Readiness_tells_the_version_in_older_ones(string generation, string status, bool tells)
    {
        await using var client = await InfoClient.StartAsync(generation);
        var ready = (await client.ReadAsync("/health/readiness")).AsObject();
        Assert.Equal(status, (string?)ready["status"]);
        Assert.Equal(tells, ready.ContainsKey("litellm_version"));
    }
}
