using System;
using System.Linq;
using System.Text.Json;
using CBorg.Emulator.Answers;
using CBorg.Emulator.State;
using Xunit;

namespace CBorg.Emulator.Tests;

public class CatalogCborgTests
{
    private readonly Catalog _catalog = new CatalogReader("1.102", TimeProvider.System).Read("cborg");

    [Fact]
    public void It_is_about_as_large_as_a_test_wants_it()
    {
        Assert.InRange(_catalog.Deployments.Count, 40, 60);
        Assert.False(_catalog.Scripted);
        Assert.Equal(_catalog.Deployments.Count, _catalog.Deployments.Select(deployment => deployment.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("lbl/cborg-chat")]
    [InlineData("lbl/cborg-coder")]
    [InlineData("lbl/cborg-vision")]
    [InlineData("lbl/cborg-deepthought")]
    [InlineData("lbl/cborg-mini")]
    [InlineData("lbl/cborg-ocr")]
    public void An_alias_leads_to_a_model_on_the_premises(string alias)
    {
        var deployment = _catalog.Deployments.First(deployment => deployment.Name == alias);
        Assert.StartsWith("hosted_vllm/", deployment.UnderlyingModel, StringComparison.Ordinal);
        Assert.True(deployment.Price("input_cost_per_token") is null or 0);
    }

    [Fact]
    public void It_has_what_makes_catalogues_hard()
    {
        var deployments = _catalog.Deployments;
        Assert.Contains(deployments, deployment => deployment.Info.Count == 0);
        Assert.Contains(
            deployments,
            deployment =>
                deployment.Info["input_cost_per_token"]?.GetValueKind() == JsonValueKind.String
                && deployment.Price("input_cost_per_token") == 2e-06
        );
        Assert.Contains(deployments, deployment => deployment.Price("input_cost_per_token_above_200k_tokens") is not null);
        Assert.Contains(deployments, deployment => deployment.Price("cache_creation_input_token_cost") is not null);
        Assert.Contains(
            deployments.GroupBy(deployment => deployment.Name),
            name => name.Select(deployment => deployment.Price("input_cost_per_token")).Distinct().Count() > 1
        );
        Assert.Contains(deployments, deployment => deployment.Mode is not (null or "chat" or "embedding"));
    }

    [Fact]
    public void Traits_follow_from_a_deployment()
    {
        ModelTraits Of(string name) => ModelTraits.From(_catalog.Deployments.First(deployment => deployment.Name == name));
        Assert.Equal(
            (CachingKind.Explicit, ReasoningKind.OnRequest),
            (Of("claude-sonnet").Caching, Of("claude-sonnet").Reasoning)
        );
        Assert.Equal((CachingKind.Implicit, ReasoningKind.Hidden), (Of("gpt-5.5").Caching, Of("gpt-5.5").Reasoning));
        Assert.Equal(
            (CachingKind.None, ReasoningKind.Shown),
            (Of("lbl/cborg-deepthought").Caching, Of("lbl/cborg-deepthought").Reasoning)
        );
        Assert.Equal("high", Of("claude-sonnet-high").ReasoningEffort);
        Assert.True(Of("o4-mini").RefusesTemperature);
        Assert.False(Of("gpt-4o").RefusesTemperature);
        Assert.Equal(3584, Of("lbl/nomic-embed-code").VectorSize);
    }

    [Fact]
    public void Keys_of_every_kind_are_there()
    {
        string[] roles =
        [
            "personal",
            "project",
            "expired",
            "blocked",
            "overBudget",
            "userOverBudget",
            "fewModels",
            "fewRoutes",
            "rpm",
            "tpm",
            "parallel",
        ];
        Assert.Empty(roles.Except(_catalog.Keys.Select(key => key.Role)));
        Assert.All(_catalog.Keys, key => Assert.StartsWith("sk-", key.Key, StringComparison.Ordinal));
        Assert.Null(_catalog.Keys.Single(key => key.Role == "project").UserId);
    }
}
