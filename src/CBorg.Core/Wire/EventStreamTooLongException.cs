using System;

namespace CBorg.Core.Wire;

/// <summary>An event stream is longer than anything that is taken for an answer.</summary>
/// <param name="what">Says so, after "the answer".</param>
internal sealed class EventStreamTooLongException(string what) : Exception($"The answer {what}.")
{
    public string What => what;
}
