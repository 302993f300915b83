using System.Collections.Generic;
using CBorg.Core.Chat;
using CBorg.Core.Cost;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Cost;

public sealed class CostLadderTests
{
    private static readonly Usage s_usage = new() { PromptTokens = 17, CompletionTokens = 6 };
    private static readonly ModelDeployment s_priced = Deployment(3e-6m, 15e-6m);
    private static readonly ModelDeployment s_free = Deployment(0, 0);

    [Fact]
    public void The_header_of_a_plain_reply_comes_first() =>
        Assert.Equal(
            (0.5m, CostSource.Header),
            CostLadder.Resolve(Given.Headers("x-litellm-response-cost: 0.5"), false, s_usage with { Cost = 0.4m }, s_priced)
        );

    [Fact]
    public void A_header_on_a_stream_is_not_believed() =>
        Assert.Equal(
            (0.4m, CostSource.Stream),
            CostLadder.Resolve(Given.Headers("x-litellm-response-cost: 0.5"), true, s_usage with { Cost = 0.4m }, s_priced)
        );

    [Theory]
    [InlineData("x-litellm-response-cost: 0")]
    [InlineData("x-litellm-response-cost: 0.0")]
    [InlineData("x-litellm-response-cost-original: 0.0")]
    [InlineData("x-litellm-response-cost-original: 0.7")]
    [InlineData("x-litellm-response-cost: None")]
    public void Headers_that_prove_nothing_are_passed_over(string header) =>
        Assert.Equal((0.000141m, CostSource.ListPrice), CostLadder.Resolve(Given.Headers(header), false, s_usage, s_priced));

    [Fact]
    public void Then_comes_the_list_price() =>
        Assert.Equal((0.000141m, CostSource.ListPrice), CostLadder.Resolve(Given.Headers(), true, s_usage, s_priced));

    [Fact]
    public void Explicit_zeros_are_free_even_without_usage() =>
        Assert.Equal((0m, CostSource.Free), CostLadder.Resolve(Given.Headers(), true, null, s_free));

    [Fact]
    public void Else_nobody_knows_and_it_is_not_zero()
    {
        Assert.Equal((null, CostSource.Unknown), CostLadder.Resolve(Given.Headers(), true, s_usage, null));
        Assert.Equal((null, CostSource.Unknown), CostLadder.Resolve(Given.Headers(), true, null, s_priced));
        Assert.Equal((null, CostSource.Unknown), CostLadder.Resolve(Given.Headers(), true, s_usage, new ModelDeployment()));
        Assert.Equal(
            (null, CostSource.Unknown),
            CostLadder.Resolve(Given.Headers(), true, new Usage { PromptTokens = 0, CompletionTokens = 0 }, s_priced)
        );
    }

    [Theory]
    [InlineData("""{"prompt_tokens":1,"cost":0.0}""")]
    [InlineData("""{"prompt_tokens":1,"cost":null}""")]
    [InlineData("""{"prompt_tokens":1}""")]
    public void A_cost_of_zero_in_a_stream_is_none(string usage) => Assert.Null(Usage.Read(Given.Json(usage))!.Cost);

    private static ModelDeployment Deployment(decimal input, decimal output) =>
        new()
        {
            Prices = new Dictionary<string, decimal> { ["input_cost_per_token"] = input, ["output_cost_per_token"] = output },
        };
}
