using System.Collections.Generic;

namespace CBorg.Pipeline;

/// <summary>Texts that go in one request, and what has become of them. Filled by one thread, then worked on by another.</summary>
internal sealed class EmbeddingBatch
{
    /// <summary>As many as the client sends at once.</summary>
    public const int MostTexts = 128;

    private const long MostCharacters = 200_000;

    private readonly List<string> _texts = [];
    private readonly List<string> _empty = [];
    private readonly List<string> _missed = [];
    private long _characters;
    private int _next;

    public EmbeddingBatch() { }

    public EmbeddingBatch(string query) => _texts.Add(query);

    public int Count => _texts.Count + _empty.Count;

    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Texts without words; they fail alone and must not take the others with them.</summary>
    public IReadOnlyList<string> Empty => _empty;

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> All => [.. _texts, .. _empty];

    /// <summary>All that have no vector, those without words too.</summary>
    public IReadOnlyList<string> Open => [.. Missing, .. _empty];

    /// <summary>The texts that have no vector yet; after a failure, those that failed.</summary>
    public IReadOnlyList<string> Missing => [.. _missed, .. _texts.GetRange(_next, _texts.Count - _next)];

    /// <returns>False when the batch is full.</returns>
    public bool TryAdd(string text)
    {
        if (Count > 0 && (Count >= MostTexts || _characters + (text?.Length ?? 0) > MostCharacters))
        {
            return false;
        }

        (string.IsNullOrWhiteSpace(text) ? _empty : _texts).Add(text ?? "");
        _characters += text?.Length ?? 0;
        return true;
    }

    /// <summary>A text has got its vector. They come in order; those in between were left out.</summary>
    public void Embedded(Embedding embedding)
    {
        while (_next < _texts.Count && !ReferenceEquals(_texts[_next], embedding.Text))
        {
            _missed.Add(_texts[_next++]);
        }

        _next++;
    }
}
