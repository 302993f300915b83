using System.Net;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class InfoKeyTests
{
    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task A_key_describes_itself(string generation)
    {
        await using var client = await InfoClient.StartAsync(generation);
        var info = (await client.ReadAsync("/key/info", "project"))["info"]!;
        Assert.Equal(101.2, (double)info["spend"]!);
        Assert.Equal(300, (double)info["max_budget"]!);
        Assert.Equal("2026-12-01T00:00:00+00:00", (string?)info["budget_reset_at"]);
        Assert.Equal("budget-project", (string?)info["litellm_budget_table"]!["budget_id"]);
        Assert.Equal(generation != "1.77", info.AsObject().ContainsKey("router_settings"));
        Assert.Equal(generation == "1.102", info.AsObject().ContainsKey("jwt_key_mappings"));
    }

    [Fact]
    public async Task Others_keys_are_refused_and_unknown_ones_not_found()
    {
        await using var client = await InfoClient.StartAsync("1.102");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/key/info?key=" + client.Host.Keys["project"])).Status);
        var (status, body) = await client.GetAsync("/key/info?key=sk-nobody");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("not_found_error", (string?)body!["error"]!["type"]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/key/info?key=" + client.Host.Keys["personal"])).Status);
    }

    [Fact]
    public async Task Keys_are_listed_in_pages()
    {
        await using var client = await InfoClient.StartAsync("1.81");
        var first = await client.ReadAsync("/key/list?return_full_object=true");
        var second = await client.ReadAsync("/key/list?page=2");
        Assert.Equal("sk-...0001", (string?)first["keys"]![0]!["key_name"]);
        Assert.Equal(1, (int)first["total_pages"]!);
        Assert.Empty(second["keys"]!.AsArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync("/key/list?size=1000")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/key/list", "project")).Status);
    }

    [Theory]
    [InlineData("1.77", HttpStatusCode.Unauthorized)]
    [InlineData("1.81", HttpStatusCode.NotFound)]
    [InlineData("1.102", HttpStatusCode.NotFound)]
    public async Task A_key_without_a_user_has_no_user_information(string generation, HttpStatusCode expected)
    {
        await using var client = await InfoClient.StartAsync(generation);
        Assert.Equal(expected, (await client.GetAsync("/user/info", "project")).Status);
    }

    [Fact]
    public async Task A_user_sees_budget_and_keys_of_its_own_only()
    {
        await using var client = await InfoClient.StartAsync("1.102");
        var user = await client.ReadAsync("/user/info?user_id=someone@lbl.gov");
        Assert.Equal(12.345678, (double)user["user_info"]!["spend"]!);
        Assert.Equal("2026-12-01T00:00:00Z", (string?)user["user_info"]!["budget_reset_at"]);
        Assert.Equal("None", (string?)Assert.Single(user["keys"]!.AsArray())!["team_alias"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/user/info?user_id=other@lbl.gov")).Status);
    }

    [Theory]
    [InlineData("1.81", HttpStatusCode.NotFound)]
    [InlineData("1.102", HttpStatusCode.OK)]
    public async Task The_second_version_of_user_information_came_late(string generation, HttpStatusCode expected)
    {
        await using var client = await InfoClient.StartAsync(generation);
        Assert.Equal(expected, (await client.GetAsync("/v2/user/info")).Status);
    }
}
