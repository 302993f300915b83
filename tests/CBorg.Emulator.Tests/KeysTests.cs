using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class KeysTests
{
    [Theory]
    [InlineData("personal", 200, null)]
    [InlineData("project", 200, null)]
    [InlineData("expired", 401, "expired_key")]
    [InlineData("blocked", 401, "auth_error")]
    [InlineData("overBudget", 429, "budget_exceeded")]
    [InlineData("userOverBudget", 429, "budget_exceeded")]
    [InlineData("fewModels", 403, "key_model_access_denied")]
    [InlineData("fewRoutes", 403, null)]
    [InlineData("llmRoutes", 200, null)]
    public async Task Each_key_has_its_fate(string role, int status, string? type)
    {
        await using var caller = await Caller.StartAsync();

        var said = await caller.ChatAsync(role, "gpt-4o");

        Assert.Equal(status, said.Status);
        Assert.Equal(type, said.Status == 200 ? null : said.ErrorType);
    }

    [Fact]
    public async Task Keys_are_made_afresh_at_each_start()
    {
        await using var first = await EmulatorHost.StartAsync();
        await using var second = await EmulatorHost.StartAsync();

        Assert.Empty(first.Keys.Values.Intersect(second.Keys.Values));
        Assert.All(first.Keys.Values, key => Assert.StartsWith("sk-", key));
    }

    [Fact]
    public async Task Refusals_before_the_call_have_no_header_of_LiteLLM()
    {
        await using var caller = await Caller.StartAsync();

        var said = await caller.ChatAsync("expired", "gpt-4o");

        Assert.DoesNotContain(said.Headers.Keys, name => name.StartsWith("x-litellm", System.StringComparison.Ordinal));
    }
}
