using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Models;

/// <summary>The catalogue is asked once for many calls, and its absence is nobody's failure.</summary>
public sealed class CatalogTests
{
    private const string One =
        """{"data":[{"model_name":"m","litellm_params":{"model":"openai/u"},"model_info":{"id":"one","input_cost_per_token":1e-6,"output_cost_per_token":2e-6}}]}""";

    [Fact]
    public async Task Many_calls_at_once_ask_for_it_once()
    {
        await using RawServer server = new()
        {
            Catalog = Play.Json(One),
            Otherwise = Play.Answer("B", "x-litellm-model-id: one"),
        };
        ICBorgClient client = Clients.For(server);
        Asked[] all = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Asked.Of(client)));

        Assert.All(all, asked => Assert.Equal(CostSource.ListPrice, asked.Result.CostSource));
        Assert.Single(server.CatalogRequests);
        Assert.Equal("m", Assert.Single(client.CachedModels!).Name);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":{"model_name":"m"}}""")]
    [InlineData("[]")]
    public async Task An_answer_that_tells_of_no_models_is_not_taken_for_an_empty_catalogue(string body)
    {
        await using RawServer server = new() { Catalog = Play.Json(body) };
        CBorgException failure = await Assert.ThrowsAnyAsync<CBorgException>(() =>
            Clients.For(server, retries: 0).GetModelsAsync(true, null, default).Soon()
        );

        Assert.Equal(ErrorKind.InvalidResponse, failure.Kind);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_refused_catalogue_leaves_the_cost_unknown_and_is_not_asked_again_with_every_call(int status)
    {
        await using RawServer server = new()
        {
            Catalog = Play.Error(status, "no"),
            Otherwise = Play.Answer("B", "x-litellm-model-id: one"),
        };
        ICBorgClient client = Clients.For(server, retries: 0);
        Asked[] all = [await Asked.Of(client), .. await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Asked.Of(client)))];

        Assert.All(
            all,
            asked =>
                Assert.Equal(("B", null, CostSource.Unknown), (asked.Result.Text, asked.Result.Cost, asked.Result.CostSource))
        );
        Assert.Single(server.CatalogRequests);
    }

    [Fact]
    public async Task A_refused_catalogue_is_asked_again_after_a_minute_and_at_once_when_a_user_wants_it()
    {
        await using RawServer server = new()
        {
            Catalog = Play.Error(403, "no"),
            Otherwise = Play.Answer("B", "x-litellm-model-id: one"),
        };
        FakeClock clock = new();
        ICBorgClient client = Clients.For(server, clock, retries: 0);
        await Asked.Of(client);
        await Assert.ThrowsAnyAsync<CBorgException>(() => client.GetModelsAsync(false, null, default).Soon());
        Assert.Equal(2, server.CatalogRequests.Count);

        server.Catalog = Play.Json(One);
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(CostSource.ListPrice, (await Asked.Of(client)).Result.CostSource);
        Assert.Equal(3, server.CatalogRequests.Count);
    }

    [Fact]
    public async Task A_catalogue_that_never_comes_holds_an_answer_up_for_ten_seconds_at_most()
    {
        await using RawServer server = new() { Catalog = Play.Hold, Otherwise = Play.Answer("B", "x-litellm-model-id: one") };
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, null, clock);
        await clock.Waiting(TimeSpan.FromSeconds(10)).Soon();
        clock.Advance(TimeSpan.FromSeconds(10));

        Asked asked = await call.Soon();

        Assert.Equal(("B", CostSource.Unknown), (asked.Result.Text, asked.Result.CostSource));
    }

    [Fact]
    public async Task An_unknown_deployment_makes_an_old_catalogue_be_asked_anew()
    {
        await using RawServer server = new()
        {
            Catalog = Play.Json("""{"data":[]}"""),
            Otherwise = Play.Answer("B", "x-litellm-model-id: one"),
        };
        FakeClock clock = new();
        ICBorgClient client = Clients.For(server, clock);
        Assert.Equal(CostSource.Unknown, (await Asked.Of(client)).Result.CostSource);
        server.Catalog = Play.Json(One);
        Assert.Equal(CostSource.Unknown, (await Asked.Of(client)).Result.CostSource);
        Assert.Single(server.CatalogRequests);
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(CostSource.ListPrice, (await Asked.Of(client)).Result.CostSource);
        Assert.Equal(2, server.CatalogRequests.Count);
    }

    [Fact]
    public async Task A_user_may_have_it_fresh()
    {
        await using RawServer server = new() { Catalog = Play.Json(One) };
        FakeClock clock = new();
        ICBorgClient client = Clients.For(server, clock);
        Assert.Null(client.CachedModels);
        await client.GetModelsAsync(false, null, default).Soon();
        await client.GetModelsAsync(false, null, default).Soon();
        Assert.Single(server.CatalogRequests);
        clock.Advance(TimeSpan.FromSeconds(1));
        await client.GetModelsAsync(true, null, default).Soon();

        Assert.Equal(2, server.CatalogRequests.Count);
    }

    [Fact]
    public async Task Deployments_of_one_name_are_one_model()
    {
        await using RawServer server = new()
        {
            Catalog = Play.Json(
                """
                {"data":[
                {"model_name":"b","litellm_params":{"model":"x/1"},"model_info":{"id":"1","mode":null,"max_input_tokens":131072.0,"max_tokens":10,"input_cost_per_token":1e-6,"supports_vision":true,"supports_reasoning":true,"supports_web_search":null}},
                {"model_name":"b","litellm_params":{"model":"y/2"},"model_info":{"id":"2","mode":"chat","max_input_tokens":"8192","max_output_tokens":20,"input_cost_per_token":3e-6,"supports_vision":false,"supports_reasoning":null}},
                {"model_name":"a","model_info":null},{"odd":true},17]}
                """
            ),
        };
        IReadOnlyList<Model> models = await Clients.For(server).GetModelsAsync(false, null, default).Soon();
        Model model = models[1];

        Assert.Equal(["a", "b"], models.Select(one => one.Name));
        Assert.Equal(
            ("chat", 2, "x/1, y/2", 8192L, 10L, 3m),
            (
                model.Mode,
                model.DeploymentCount,
                model.UnderlyingModel,
                model.MaxInputTokens,
                model.MaxOutputTokens,
                model.InputPrice
            )
        );
        Assert.Equal((false, null, null), (model.SupportsVision, model.SupportsReasoning, model.SupportsWebSearch));
        Assert.Null(model.OutputPrice);
    }
}
