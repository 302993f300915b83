namespace CBorg.Emulator.Answers;

/// <summary>
/// Beginnings of prompts that were seen before under one name: a key and a model. Kept for five minutes after their last
/// use, or an hour where that was asked for.
/// </summary>
internal sealed class PromptCache(TimeProvider clock)
{
    private const int Step = 128;

    private static readonly TimeSpan s_usual = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    private readonly object _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _seen.Count;
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _seen.Clear();
        }
    }

    /// <summary>Looks a prompt up and keeps it.</summary>
    public CachedPrompt Look(PromptPrefix prompt, ModelTraits traits, string key) =>
        traits.Caching switch
        {
            CachingKind.Implicit => LookImplicitly(prompt, traits, key),
            CachingKind.Explicit => LookAtMarks(prompt, traits, key),
            _ => CachedPrompt.None,
        };

    // Whole steps of 128 tokens, from the smallest prefix on.
    private CachedPrompt LookImplicitly(PromptPrefix prompt, ModelTraits traits, string key)
    {
        var lengths = Enumerable
            .Range(0, 1 + Math.Max(-1, (prompt.Tokens - traits.SmallestCachedPrefix) / Step))
            .Select(step => traits.SmallestCachedPrefix + (step * Step))
            .Where(length => length <= prompt.Tokens)
            .ToList();
        lock (_lock)
        {
            var read = lengths.LastOrDefault(length => IsKept(Name(prompt, length, key)));
            foreach (var length in lengths)
            {
                Keep(Name(prompt, length, key), s_usual);
            }

            return new CachedPrompt(read, 0);
        }
    }

    private CachedPrompt LookAtMarks(PromptPrefix prompt, ModelTraits traits, string key)
    {
        var marks = prompt.Marks.Where(mark => mark.Tokens >= traits.SmallestCachedPrefix).ToList();
        if (marks.Count == 0)
        {
            return CachedPrompt.None;
        }

        lock (_lock)
        {
            var read = marks
                .Where(mark => IsKept(Name(prompt, mark.Tokens, key)))
                .Select(mark => mark.Tokens)
                .DefaultIfEmpty(0)
                .Max();
            foreach (var mark in marks)
            {
                Keep(Name(prompt, mark.Tokens, key), mark.ForAnHour ? s_long : s_usual);
            }

            var last = marks[^1];
            return new CachedPrompt(read, last.Tokens - read, last.ForAnHour ? last.Tokens - read : 0);
        }
    }

    private static string Name(PromptPrefix prompt, int length, string key) => $"{key}|{length}|{prompt.HashAt(length):x}";

    private bool IsKept(string name) => _seen.TryGetValue(name, out var until) && clock.GetUtcNow() < until;

    private void Keep(string name, TimeSpan time) => _seen[name] = clock.GetUtcNow() + time;
}

/// <summary>Which tokens of a prompt were read from the prompt cache, and which written into it.</summary>
internal sealed record CachedPrompt(int Read, int Written, int WrittenForAnHour = 0)
{
    public static CachedPrompt None { get; } = new(0, 0);
}

/// <summary>A cache_control mark: how many tokens stand before it, and for how long it keeps them.</summary>
internal sealed record CacheMark(int Tokens, bool ForAnHour);

/// <summary>A prompt as a row of tokens in the order a provider sees them (tools, then messages), and where cache_control
/// marks stand in it.</summary>
internal sealed class PromptPrefix
{
    private const ulong Start = 14695981039346656037;

    private readonly List<ulong> _hashes = [];
    private readonly List<CacheMark> _marks = [];

    public PromptPrefix(JsonObject request)
    {
        foreach (var tool in (request["tools"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            Add(tool.ToJsonString());
            Mark(tool);
        }

        foreach (var message in (request["messages"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            AddMessage(message);
        }
    }

    public int Tokens => _hashes.Count;

    public IReadOnlyList<CacheMark> Marks => _marks;

    /// <summary>The hash of the first tokens.</summary>
    public ulong HashAt(int tokens) => tokens == 0 ? Start : _hashes[tokens - 1];

    private void AddMessage(JsonObject message)
    {
        Add(message.Text("role") ?? "user");
        foreach (var part in (message["content"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            AddPart(part);
            Mark(part);
        }

        Add(message.Text("content") ?? "");
        Mark(message);
    }

    // Whatever is no text counts as one token here: what matters is whether it is the same.
    private void AddPart(JsonObject part)
    {
        if (part.Text("text") is { } text)
        {
            Add(text);
        }
        else
        {
            _hashes.Add(Stable.Number(part.ToJsonString(), HashAt(_hashes.Count)));
        }
    }

    private void Add(string text)
    {
        foreach (var piece in TokenCounter.Pieces(text))
        {
            _hashes.Add(Stable.Number(piece, HashAt(_hashes.Count)));
        }
    }

    private void Mark(JsonObject holder)
    {
        if (holder["cache_control"] is JsonObject control)
        {
            _marks.Add(new CacheMark(_hashes.Count, control.Text("ttl") == "1h"));
        }
    }
}
