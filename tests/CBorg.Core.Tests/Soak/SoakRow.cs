using System;

namespace CBorg.Core.Tests.Soak;

/// <summary>What became of one row. Holds nothing on the heap, so that a long run shows what the client holds.</summary>
/// <param name="Ends">How often it has ended: once, if all is well.</param>
/// <param name="IsRight">Whether it has its own answer, whole; of a broken stream: a beginning of it.</param>
/// <param name="Kind">The failure it ended with; null when it was answered.</param>
/// <param name="CallId">The reply's.</param>
/// <param name="Cost">What the client says it cost; null when it cannot know.</param>
internal readonly record struct SoakRow(int Ends, bool IsRight, ErrorKind? Kind, Guid? CallId, decimal? Cost)
{
    public static SoakRow Of(bool isRight, ErrorKind? kind, string? callId, decimal? cost) =>
        new(0, isRight, kind, Parse(callId), cost);

    public static Guid? Parse(string? callId) => Guid.TryParse(callId, out Guid id) ? id : null;
}
