using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Answers;
using CBorg.Emulator.Clocks;
using Xunit;

namespace CBorg.Emulator.Tests;

public class AnswersCachingTests
{
    private static readonly ModelTraits s_implicit = Requests.Traits with { Caching = CachingKind.Implicit };
    private static readonly ModelTraits s_explicit = Requests.Traits with { Caching = CachingKind.Explicit };
    private readonly TurnableClock _clock = TurnableClock.Manual();
    private readonly PromptCache _cache;

    public AnswersCachingTests() => _cache = new PromptCache(_clock);

    [Fact]
    public void A_long_beginning_seen_before_is_read_from_the_cache()
    {
        Assert.Equal(0, Ask("One", s_implicit, mark: false).Cached.Read);
        var second = Ask("Two", s_implicit, mark: false);
        Assert.Equal((1408, 0), (second.Cached.Read, second.Cached.Written));
        Assert.Contains(
            $"Of {second.PromptTokens} prompt tokens 1408 came from the cache.",
            second.Choices[0].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Short_prompts_other_keys_and_models_without_a_cache_read_nothing()
    {
        Ask("One", s_implicit, mark: false);
        Assert.Equal(0, Ask("Two", s_implicit, mark: false, key: "other").Cached.Read);
        Assert.Equal(0, Ask("Two", Requests.Traits, mark: false).Cached.Read);
        Assert.Equal(0, Ask("Two", s_implicit with { SmallestCachedPrefix = 2048 }, mark: false).Cached.Read);
    }

    [Fact]
    public void Claude_keeps_only_what_is_marked()
    {
        Ask("One", s_explicit, mark: false);
        Assert.Equal(CachedPrompt.None, Ask("One", s_explicit, mark: false).Cached);
        var first = Ask("One", s_explicit, mark: true).Cached;
        Assert.True(first is { Read: 0, Written: > 1400 });
        Assert.Equal(new CachedPrompt(first.Written, 0), Ask("Two", s_explicit, mark: true).Cached);
    }

    [Fact]
    public async Task An_hour_is_told_apart()
    {
        var first = Ask("One", s_explicit, mark: true, ttl: "1h").Cached;
        Assert.Equal(first.Written, first.WrittenForAnHour);
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(50));
        Assert.True(Ask("Two", s_explicit, mark: true, ttl: "1h").Cached.Read > 0);
    }

    [Fact]
    public async Task The_cache_forgets()
    {
        Ask("One", s_implicit, mark: false);
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(0, Ask("Two", s_implicit, mark: false).Cached.Read);
        _cache.Clear();
        Assert.Equal(0, _cache.Count);
    }

    private Answer Ask(string prompt, ModelTraits traits, bool mark, string key = "key", string? ttl = null)
    {
        var text = new JsonObject
        {
            ["type"] = "text",
            ["text"] = string.Join(' ', Enumerable.Range(0, 1500 / 2).Select(i => $"word {i % 7}")),
        };
        if (mark)
        {
            text["cache_control"] = ttl is null
                ? new JsonObject { ["type"] = "ephemeral" }
                : new JsonObject { ["type"] = "ephemeral", ["ttl"] = ttl };
        }

        var request = new JsonObject
        {
            ["messages"] = new JsonArray(
                new JsonObject { ["role"] = "system", ["content"] = new JsonArray(text) },
                new JsonObject { ["role"] = "user", ["content"] = prompt }
            ),
        };
        return AnswerMachine.Answer(request, traits, _cache, key);
    }
}
