using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class InfoModelTests
{
    [Theory]
    [InlineData("1.77", 51)]
    [InlineData("1.81", 68)]
    [InlineData("1.102", 134)]
    public async Task Model_info_has_every_member_of_its_generation(string generation, int members)
    {
        await using var client = await InfoClient.StartAsync(generation);
        var rows = (await client.ReadAsync("/model/info"))["data"]!.AsArray();
        Assert.All(rows, row => Assert.Equal(members, row!["model_info"]!.AsObject().Count));
    }

    [Fact]
    public async Task Deployments_of_one_name_are_rows_in_model_info_and_one_row_in_the_list()
    {
        await using var client = await InfoClient.StartAsync("1.81");
        var rows = (await client.ReadAsync("/v1/model/info"))["data"]!.AsArray();
        var names = (await client.ReadAsync("/v1/models"))["data"]!.AsArray();
        Assert.Equal(2, rows.Count(row => (string?)row!["model_name"] == "balanced"));
        Assert.Equal(1, names.Count(row => (string?)row!["id"] == "balanced"));
    }

    [Theory]
    [InlineData("1.77", JsonValueKind.String)]
    [InlineData("1.102", JsonValueKind.Number)]
    public async Task A_price_is_text_where_the_operator_wrote_one_and_a_number_later(string generation, JsonValueKind kind)
    {
        await using var client = await InfoClient.StartAsync(generation);
        var row = (await client.ReadAsync("/model/info"))["data"]!.AsArray().First(r => (string?)r!["model_name"] == "gpt-paid")!;
        Assert.Equal(kind, row["model_info"]!["input_cost_per_token"]!.GetValueKind());
    }

    [Fact]
    public async Task A_flag_that_nobody_set_is_null_for_a_deployment_and_false_for_a_group()
    {
        await using var client = await InfoClient.StartAsync("1.102");
        var deployment = (await client.ReadAsync("/model/info"))["data"]![0]!["model_info"]!.AsObject();
        var group = (await client.ReadAsync("/model_group/info?model_group=lbl/cborg-mini"))["data"]![0]!;
        Assert.True(deployment.ContainsKey("supports_vision"));
        Assert.Null(deployment["supports_vision"]);
        Assert.False((bool)group["supports_vision"]!);
    }

    [Fact]
    public async Task A_key_sees_only_the_models_it_may_call()
    {
        await using var client = await InfoClient.StartAsync("1.102");
        Assert.Equal(
            "lbl/cborg-mini",
            (string?)Assert.Single((await client.ReadAsync("/models", "fewModels"))["data"]!.AsArray())!["id"]
        );
        Assert.Single((await client.ReadAsync("/model/info", "fewModels"))["data"]!.AsArray());
        Assert.Empty((await client.ReadAsync("/model_group/info?model_group=gpt-paid", "fewModels"))["data"]!.AsArray());
    }

    [Fact]
    public async Task One_deployment_can_be_asked_for_by_its_id()
    {
        await using var client = await InfoClient.StartAsync("1.77");
        var id = (string)(await client.ReadAsync("/model/info"))["data"]![3]!["model_info"]!["id"]!;
        var row = Assert.Single((await client.ReadAsync("/model/info?litellm_model_id=" + id))["data"]!.AsArray());
        Assert.Equal(id, (string?)row!["model_info"]!["id"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/model/info?litellm_model_id=nope")).Status);
    }

    [Theory]
    [InlineData("/models/gpt-paid", "personal", HttpStatusCode.OK)]
    [InlineData("/models/no-such-model", "personal", HttpStatusCode.NotFound)]
    [InlineData("/v1/models/lbl%2Fcborg-mini", "personal", HttpStatusCode.NotFound)]
    [InlineData("/models/gpt-paid", "project", HttpStatusCode.Unauthorized)]
    public async Task One_model_is_shown_to_users_and_only_without_a_slash(string path, string role, HttpStatusCode expected)
    {
        await using var client = await InfoClient.StartAsync("1.102");
        Assert.Equal(expected, (await client.GetAsync(path, role)).Status);
    }
}
