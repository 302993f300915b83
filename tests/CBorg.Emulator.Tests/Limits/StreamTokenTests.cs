using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Answers;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>Tokens of streams, and of calls whose client has gone.</summary>
public sealed class StreamTokenTests
{
    private const string Thousand = """{"role": "key", "tpm_limit": 1000}""";
    private const string Text = "one two three four";

    private static readonly string s_models =
        LimitBench.Model("streams", $$"""{"text": "{{Text}}", "prompt_tokens": 100, "completion_tokens": 50}""")
        + LimitBench.Model(
            "forty",
            $$"""{"text": "{{string.Join(' ', Enumerable.Repeat("word", 38))}}", "prompt_tokens": 100, "completion_tokens": 50, "word_pause": 0.5}"""
        )
        + LimitBench.Model("slow", """{"prompt_tokens": 60, "completion_tokens": 40, "pause": 4}""");

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task Without_include_usage_the_proxy_counts_itself_or_asks_the_provider(string generation)
    {
        await using var bench = await StartAsync(generation);
        var own = (
            Prompt: TokenCounter.CountMessages(LimitBench.Body("streams")["messages"] as JsonArray),
            Text: TokenCounter.Count(Text)
        );

        var stream = await bench.ChatAsync("streams", members: ("stream", true));
        var used = await UsedAsync(bench);

        Assert.DoesNotContain("usage", stream.Text);
        Assert.Equal(
            generation switch
            {
                "1.77" => own.Text + 1,
                "1.81" => own.Prompt + own.Text + 1,
                _ => 150,
            },
            used
        );
    }

    [Theory]
    [InlineData("1.77", 51)]
    [InlineData("1.81", 151)]
    [InlineData("1.102", 150)]
    public async Task With_include_usage_the_providers_usage_counts(string generation, int used)
    {
        await using var bench = await StartAsync(generation);

        var stream = await bench.ChatAsync(
            "streams",
            members: [("stream", true), ("stream_options", new JsonObject { ["include_usage"] = true })]
        );

        Assert.Contains("\"total_tokens\":150", stream.Text);
        Assert.Equal(used, await UsedAsync(bench));
    }

    [Theory]
    [InlineData("1.77", 200, 41)]
    [InlineData("1.81", 200, 101)]
    [InlineData("1.102", 429, 100)]
    public async Task A_plain_call_whose_client_has_gone_counts_as_if_it_were_open(string generation, int meanwhile, int used)
    {
        await using var bench = await StartAsync(generation);

        using var call = await OpenCall.SendAsync(bench, LimitBench.Body("slow", 44, ("max_tokens", 800)));
        await bench.AtAsync(2);
        await call.CloseAsync();
        await bench.AtAsync(3.9);
        var large = await bench.ChatAsync("broken", characters: 44, members: ("max_tokens", 800));
        await bench.AtAsync(4);

        Assert.Equal(meanwhile, large.Status == 500 ? 200 : large.Status);
        if (meanwhile == 429)
        {
            Assert.Contains("Remaining: 189.", large.ErrorMessage);
        }

        Assert.Equal(used + (meanwhile == 200 ? 1 : 0), await UsedAsync(bench));
    }

    [Theory]
    [InlineData("1.77", 38 + 1, 1)]
    [InlineData("1.81", 11 + 38 + 1, 1)]
    [InlineData("1.102", 11 + 4, 11 + 4)]
    public async Task A_closed_stream_counts_to_its_end_or_only_what_was_sent(string generation, int used, int soon)
    {
        await using var bench = await StartAsync(generation);

        using var call = await OpenCall.SendAsync(bench, LimitBench.Body("forty", 32, ("stream", true), ("max_tokens", 800)));
        await bench.AtAsync(2.2);
        await call.CloseAsync();
        var early = await UsedAsync(bench);
        await bench.AtAsync(21);
        var late = await UsedAsync(bench);

        // The question how much is used costs what a call costs.
        var asked = generation switch
        {
            "1.77" => 41,
            "1.81" => 101,
            _ => 100,
        };
        Assert.Equal((soon, used + asked), (early, late));
    }

    private static Task<LimitBench> StartAsync(string generation) =>
        LimitBench.StartAsync(generation, Thousand, models: s_models);

    /// <summary>What a call finds used, but for what it books itself.</summary>
    private static async Task<int> UsedAsync(LimitBench bench)
    {
        var said = await bench.ChatAsync(members: ("max_tokens", 50));
        var booked = bench.Caller.Host.World.Options.LiteLLM == "1.102" ? 58 : 1;
        return 1000 - booked - said.Number("x-ratelimit-api_key-remaining-tokens")!.Value;
    }
}
