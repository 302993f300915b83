namespace CBorg.Core.Limits;

/// <summary>Requests and tokens, counted together.</summary>
internal sealed class WindowCounter
{
    public long Requests { get; set; }

    public long Tokens { get; set; }

    public void Add(long requests, long tokens)
    {
        Requests += requests;
        Tokens += tokens;
    }

    public void Set(long requests, long tokens) => (Requests, Tokens) = (requests, tokens);

    public void Clear() => (Requests, Tokens) = (0, 0);
}
