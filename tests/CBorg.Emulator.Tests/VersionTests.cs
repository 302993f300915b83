using System;
using System.Net;
using System.Threading.Tasks;
using CBorg.Emulator.Traits;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class VersionTests
{
    [Theory]
    [InlineData("1.77", "1.77.2.post1", "1.77")]
    [InlineData("1.77.2", "1.77.2.post1", "1.77")]
    [InlineData("1.80.11", "1.80.11", "1.81")]
    [InlineData("1.80", "1.80.11", "1.81")]
    [InlineData("1.81.9", "1.81.9", "1.81")]
    [InlineData("1.90", "1.90.0", "1.81")]
    [InlineData("1.96.0", "1.96.0", "1.102")]
    [InlineData("v1.102.4-stable", "1.102.4", "1.102")]
    [InlineData("1.110", "1.110.0", "1.102")]
    public void A_version_may_be_short_and_has_the_members_of_the_nearest_recorded_one(string text, string told, string recorded)
    {
        var version = LiteLlmVersion.Parse(text);
        Assert.Equal((told, recorded), (version.Told, version.Recorded));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("new")]
    [InlineData("1.81.9.1")]
    [InlineData("1.76.3")]
    [InlineData("2.1")]
    public void What_is_no_version_is_refused(string text) => Assert.Throws<ArgumentException>(() => LiteLlmVersion.Parse(text));

    [Theory]
    [InlineData("1.77.2", 400, 401, 400)]
    [InlineData("1.80.11", 400, 401, 400)]
    [InlineData("1.81.9", 400, 401, 400)]
    [InlineData("1.90", 400, 401, 400)]
    [InlineData("1.96.0", 401, 403, 429)]
    [InlineData("1.102.4", 401, 403, 429)]
    public async Task Refusals_have_the_version_s_status(string version, int expired, int model, int budget)
    {
        await using var client = await InfoClient.StartAsync(version);
        Assert.Equal(expired, (int)(await client.GetAsync("/models", "expired")).Status);
        Assert.Equal(model, (int)(await client.PostAsync("/chat/completions", Chat("gpt-paid"), "fewModels")).Status);
        Assert.Equal(budget, (int)(await client.PostAsync("/chat/completions", Chat("gpt-paid"), "overBudget")).Status);
    }

    [Theory]
    [InlineData("1.80.11", HttpStatusCode.BadRequest)]
    [InlineData("1.81.9", HttpStatusCode.OK)]
    public async Task Free_models_escape_a_user_s_budget_only_from_1_81_on(string version, HttpStatusCode status)
    {
        await using var client = await InfoClient.StartAsync(version);
        Assert.Equal(status, (await client.PostAsync("/chat/completions", Chat("lbl/cborg-chat"), "userOverBudget")).Status);
    }

    [Theory]
    [InlineData("1.80.11", "up-ok-2026-10-01")]
    [InlineData("1.81.9", "priced-ok")]
    public async Task A_reply_names_the_provider_s_model_before_1_81_9(string version, string model)
    {
        await using var client = await InfoClient.StartAsync(version);
        var (_, body) = await client.PostAsync("/chat/completions", Chat("priced-ok"));
        Assert.Equal(model, (string?)body!["model"]);
    }

    [Theory]
    [InlineData("1.80.11", "data: {\"error\"")]
    [InlineData("1.81.9", "{\"error\"")]
    public async Task An_error_before_the_first_chunk_is_an_event_up_to_1_80(string version, string beginning)
    {
        await using var caller = await Caller.StartAsync(new EmulatorOptions { LiteLLM = version, Catalog = "recordings" });
        var said = await caller.ChatAsync("personal", "x-s-errorfirst", ("stream", true));
        Assert.Equal(503, said.Status);
        Assert.StartsWith(beginning, said.Text);
    }

    [Theory]
    [InlineData("1.96.0", 200)]
    [InlineData("1.102.4", 429)]
    public async Task An_estimate_counts_each_choice_only_in_1_102(string version, int status)
    {
        await using var caller = await Caller.StartAsync(version, """{"role": "key", "tpm_limit": 200}""");
        Assert.Equal(status, (await caller.ChatAsync(members: [("max_tokens", 100), ("n", 2)])).Status);
    }

    private static string Chat(string model) =>
        $$"""{"model": "{{model}}", "messages": [{"role": "user", "content": "What letter comes after A?"}]}""";
}
