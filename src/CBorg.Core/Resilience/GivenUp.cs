using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>
/// What becomes, at the proxy, of a call that is given up while it is under way. Measured with LiteLLM 1.77 to 1.102: what has
/// not begun to stream goes on to its end in every version; a stream in the middle is stopped from 1.96.
/// </summary>
internal static class GivenUp
{
    /// <param name="stream">Whether an event stream was asked for.</param>
    /// <param name="begun">Whether the reply had begun.</param>
    /// <param name="version">The proxy's; null when no reply has told it.</param>
    public static string Tell(bool stream, bool begun, string? version)
    {
        string proxy = version is null ? "the proxy" : $"the proxy (LiteLLM {version})";
        ServerRules rules = ServerRules.Of(version);
        bool? stops = rules.IsKnown ? rules.EndsClosedStreams : null;
        string what = (stream, begun, stops) switch
        {
            (true, true, true) => "stops with it and charges for what it has sent",
            (true, true, null) => "stops with it, or, before LiteLLM 1.96, goes on to its end and charges for all of it",
            (true, false, true) => "goes on with it until its answer begins, and charges for the question at least",
            _ => "goes on with it to its end, and charges for all of it",
        };
        return $"The call was given up under way; {proxy} {what}";
    }
}
