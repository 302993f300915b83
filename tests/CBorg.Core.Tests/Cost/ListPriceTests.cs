using System.Collections.Generic;
using System.Text.Json;
using CBorg.Core.Chat;
using CBorg.Core.Cost;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Cost;

public sealed class ListPriceTests
{
    private static readonly Dictionary<string, decimal> s_plain = new()
    {
        ["input_cost_per_token"] = 3e-6m,
        ["output_cost_per_token"] = 15e-6m,
    };

    private static readonly Dictionary<string, decimal> s_cached = new(s_plain)
    {
        ["cache_read_input_token_cost"] = 0.3e-6m,
        ["cache_creation_input_token_cost"] = 3.75e-6m,
        ["cache_creation_input_token_cost_above_1hr"] = 6e-6m,
    };

    private static readonly Dictionary<string, decimal> s_tiers = new(s_cached)
    {
        ["input_cost_per_token_above_128k_tokens"] = 4e-6m,
        ["input_cost_per_token_above_200k_tokens"] = 6e-6m,
        ["output_cost_per_token_above_200k_tokens"] = 22.5e-6m,
        ["cache_read_input_token_cost_above_200k_tokens"] = 0.6e-6m,
    };

    [Fact]
    public void Tokens_times_price() =>
        Assert.Equal(0.000141m, ListPrice.Of(s_plain, new Usage { PromptTokens = 17, CompletionTokens = 6 }));

    [Fact]
    public void Cached_tokens_cost_their_own_price_and_count_inside_the_prompt() =>
        Assert.Equal(
            ((100 * 3) + (1400 * 0.3m) + (10 * 15)) / 1e6m,
            ListPrice.Of(
                s_cached,
                new Usage
                {
                    PromptTokens = 1500,
                    CachedTokens = 1400,
                    CompletionTokens = 10,
                }
            )
        );

    [Fact]
    public void Cached_tokens_without_a_price_cost_as_the_others() =>
        Assert.Equal(
            1500 * 3 / 1e6m,
            ListPrice.Of(
                s_plain,
                new Usage
                {
                    PromptTokens = 1500,
                    CachedTokens = 1400,
                    CompletionTokens = 0,
                }
            )
        );

    [Fact]
    public void Written_tokens_inside_the_prompt_are_taken_out_of_it() =>
        Assert.Equal(
            ((500 * 3) + (1000 * 3.75m)) / 1e6m,
            ListPrice.Of(s_cached, new Usage { PromptTokens = 1500, CacheWriteTokens = 1000 })
        );

    [Fact]
    public void Written_tokens_on_top_of_the_prompt_are_added() =>
        Assert.Equal(
            ((500 * 3) + (1000 * 3.75m)) / 1e6m,
            ListPrice.Of(
                s_cached,
                new Usage
                {
                    PromptTokens = 500,
                    CacheWriteTokens = 1000,
                    CacheWriteOnTop = true,
                }
            )
        );

    [Fact]
    public void Written_tokens_kept_for_an_hour_cost_more() =>
        Assert.Equal(
            ((400 * 3.75m) + (600 * 6)) / 1e6m,
            ListPrice.Of(
                s_cached,
                new Usage
                {
                    PromptTokens = 1000,
                    CacheWriteTokens = 1000,
                    CacheWriteHourTokens = 600,
                }
            )
        );

    [Fact]
    public void More_cached_tokens_than_prompt_never_give_money_back() =>
        Assert.Equal(200 * 0.3m / 1e6m, ListPrice.Of(s_cached, new Usage { PromptTokens = 100, CachedTokens = 200 }));

    [Theory]
    [InlineData(128_000, 3, 15, 0.3)]
    [InlineData(128_001, 4, 15, 0.3)]
    [InlineData(200_000, 4, 15, 0.3)]
    [InlineData(200_001, 6, 22.5, 0.6)]
    public void A_long_prompt_makes_everything_dearer(long prompt, double input, double output, double read) =>
        Assert.Equal(
            (((prompt - 1000) * (decimal)input) + (1000 * (decimal)read) + (10 * (decimal)output)) / 1e6m,
            ListPrice.Of(
                s_tiers,
                new Usage
                {
                    PromptTokens = prompt,
                    CachedTokens = 1000,
                    CompletionTokens = 10,
                }
            )
        );

    [Fact]
    public void Thoughts_cost_their_own_price_when_they_have_one()
    {
        Usage usage = new()
        {
            PromptTokens = 10,
            CompletionTokens = 12,
            ReasoningTokens = 8,
        };

        Assert.Equal(((10 * 3) + (12 * 15)) / 1e6m, ListPrice.Of(s_plain, usage));
        Assert.Equal(
            ((10 * 3) + (4 * 15) + (8 * 20)) / 1e6m,
            ListPrice.Of(new Dictionary<string, decimal>(s_plain) { ["output_cost_per_reasoning_token"] = 20e-6m }, usage)
        );
    }

    [Fact]
    public void Without_a_price_or_a_count_there_is_no_figure()
    {
        Assert.Null(ListPrice.Of(new Dictionary<string, decimal>(), new Usage { PromptTokens = 1, CompletionTokens = 1 }));
        Assert.Null(
            ListPrice.Of(
                new Dictionary<string, decimal> { ["input_cost_per_token"] = 1 },
                new Usage { PromptTokens = 1, CompletionTokens = 1 }
            )
        );
        Assert.Null(ListPrice.Of(s_plain, new Usage { CompletionTokens = 1 }));
    }

    [Fact]
    public void An_embedding_needs_no_price_of_answers() =>
        Assert.Equal(
            4e-6m,
            ListPrice.Of(
                new Dictionary<string, decimal> { ["input_cost_per_token"] = 1e-6m },
                new Usage { PromptTokens = 4, CompletionTokens = 0 }
            )
        );

    [Fact]
    public void Free_is_an_explicit_zero_and_nothing_else_that_costs()
    {
        Assert.True(
            ListPrice.IsFree(new Dictionary<string, decimal> { ["input_cost_per_token"] = 0, ["output_cost_per_token"] = 0 })
        );
        Assert.True(ListPrice.IsFree(new Dictionary<string, decimal> { ["input_cost_per_token"] = 0 }));
        Assert.False(ListPrice.IsFree(new Dictionary<string, decimal>()));
        Assert.False(ListPrice.IsFree(new Dictionary<string, decimal> { ["output_cost_per_token"] = 0 }));
        Assert.False(ListPrice.IsFree(s_plain));
        Assert.False(
            ListPrice.IsFree(
                new Dictionary<string, decimal>
                {
                    ["input_cost_per_token"] = 0,
                    ["output_cost_per_token"] = 0,
                    ["input_cost_per_query"] = 0.001m,
                }
            )
        );
    }

    [Fact]
    public void Absurd_prices_and_counts_are_unknown_and_no_reason_to_fail()
    {
        JsonElement catalogue = Given.Json(
            """
            {"data":[{"model_name":"m","model_info":{"id":"d","input_cost_per_token":79228162514264337593543950335,"output_cost_per_token":1e12}}]}
            """
        );
        IReadOnlyList<ModelDeployment> deployments = CBorg.Core.Models.ModelReading.Deployments(catalogue);
        Model model = Assert.Single(CBorg.Core.Models.ModelReading.Models(deployments));
        Assert.Equal((null, 1e18m), (model.InputPrice, model.OutputPrice));

        Usage usage = Usage.Read(
            Given.Json("""{"prompt_tokens":1e17,"completion_tokens":1000000000000000,"total_tokens":8999999999999999999}""")
        )!;
        Assert.Equal((null, 1_000_000_000_000_000, null), (usage.PromptTokens, usage.CompletionTokens, usage.TotalTokens));
        Assert.Equal(
            3e27m,
            ListPrice.Of(
                new Dictionary<string, decimal> { ["input_cost_per_token"] = 1e12m, ["output_cost_per_token"] = 1e12m },
                usage with
                {
                    PromptTokens = 2_000_000_000_000_000,
                }
            )
        );
    }

    [Fact]
    public void Prices_may_be_text_and_in_either_half_of_the_catalogue()
    {
        ModelDeployment deployment = CBorg.Core.Models.ModelReading.Deployments(
            Given.Json(
                """
                {"data":[{"model_name":"m","litellm_params":{"model":"openai/u","input_cost_per_token":"1e-06"},
                "model_info":{"id":"d","output_cost_per_token":2e-06,"cache_read_input_token_cost":null,"input_cost_per_token":"2.5e-06"}}]}
                """
            )
        )[0];

        Assert.Equal(2.5e-6m, deployment.Prices["input_cost_per_token"]);
        Assert.Equal(2e-6m, deployment.Prices["output_cost_per_token"]);
        Assert.False(deployment.Prices.ContainsKey("cache_read_input_token_cost"));
    }
}
