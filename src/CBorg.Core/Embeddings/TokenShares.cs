using System;

namespace CBorg.Core.Embeddings;

/// <summary>Shares the tokens of a batch out to its texts by their length; the shares add up to the whole.</summary>
internal sealed class TokenShares(long? tokens, long characters)
{
    private long _charactersBefore;
    private long _given;

    /// <returns>Null when the server told no figure; a text takes at least a token, so 0 is none.</returns>
    public long? Next(int length)
    {
        if (tokens is not > 0 || characters == 0)
        {
            return null;
        }

        _charactersBefore += length;
        long upTo = (long)Math.Round((decimal)tokens.Value * _charactersBefore / characters);
        long share = upTo - _given;
        _given = upTo;
        return share;
    }
}
