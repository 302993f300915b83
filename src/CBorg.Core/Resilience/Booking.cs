using System;
using System.Collections.Generic;

namespace CBorg.Core.Resilience;

/// <summary>One request as the books of the limiter have it: for which model, when, and with how many tokens. Not thread-safe: <see cref="CallLimiter"/> guards it.</summary>
internal sealed class Booking(string model, long tokens, TimeSpan at)
{
    public string Model => model;

    public TimeSpan At => at;

    /// <summary>The estimate, until the reply tells better.</summary>
    public long Tokens { get; private set; } = tokens;

    /// <summary>Whether its reply has not yet been read to the end.</summary>
    public bool InFlight { get; private set; } = true;

    /// <summary>The books in which it takes a place while it is in flight.</summary>
    public List<LimitBook> Places { get; } = [];

    /// <summary>The books whose current window it counts in.</summary>
    public List<LimitBook> Windows { get; } = [];

    public void Settle(long used)
    {
        foreach (LimitBook book in Windows)
        {
            book.Correct(used - Tokens);
        }

        Tokens = used;
    }

    public void End()
    {
        InFlight = false;
        foreach (LimitBook book in Places)
        {
            book.Leave();
        }

        Places.Clear();
    }
}
