using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>Reads the reply to one call, whichever attempt gets it.</summary>
internal abstract class ReplyReader
{
    /// <summary>
    /// Reads a successful reply to its end. What it returns has nothing more to do with the line, and the permit is given back.
    /// </summary>
    /// <exception cref="CBorgException">
    /// The reply is an error, broken or unreadable, and nothing of it is worth keeping.
    /// </exception>
    public abstract Task<ReplyReading> ReadAsync(Reply reply, CancellationToken deadline);

    /// <summary>What the call has cost at least if it is given up now, in USD. Null when nobody can tell.</summary>
    /// <param name="deployment">Who answers; null when no reply has told it.</param>
    public virtual decimal? CostSoFar(string? deployment) => null;
}

/// <inheritdoc/>
/// <typeparam name="T">What the caller gets.</typeparam>
internal abstract class ReplyReader<T> : ReplyReader
{
    /// <summary>Finds out what an answer cost, as far as its reply did not say so.</summary>
    public virtual Task<ReplyReading> PriceAsync(ReplyReading reading, CallContext call) => Task.FromResult(reading);

    /// <summary>Makes the caller's result.</summary>
    /// <exception cref="CBorgException">The answer broke off: the failure holds what arrived.</exception>
    public virtual T Result(ReplyReading reading, CallContext call) => ((ValueReading<T>)reading).Value;

    /// <summary>The final failure as the caller gets it: with what can be said beyond the server's words.</summary>
    public virtual Task<CBorgException> ExplainAsync(CBorgException failure, CallContext call) => Task.FromResult(failure);
}
