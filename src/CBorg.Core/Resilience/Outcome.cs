using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>How a step ended: with an answer, with a failure, or with an answer that broke off, which is both.</summary>
internal sealed class Outcome
{
    private Outcome(ReplyReading? reading, CBorgException? failure) => (Reading, Failure) = (reading, failure);

    /// <summary>What was read of the answer. Null when there is none.</summary>
    public ReplyReading? Reading { get; }

    /// <summary>Null for an answer that was read to its end.</summary>
    public CBorgException? Failure { get; }

    /// <summary>Whether no later attempt is to be made, however often a failure of its kind is tried again.</summary>
    public bool IsFinal { get; private init; }

    public static Outcome Of(ReplyReading reading) => new(reading, reading.Broken);

    public static Outcome Of(CBorgException failure) => new(null, failure);

    public static Outcome Final(CBorgException failure) => new(null, failure) { IsFinal = true };
}
