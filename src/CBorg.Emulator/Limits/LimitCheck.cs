namespace CBorg.Emulator.Limits;

/// <summary>One limit that a call has to pass: how much of it is used, and how much the call would add.</summary>
/// <param name="Scope">The place of the scope among those of the call.</param>
/// <param name="Index">The place of the limit among all limits of the call: requests, tokens, calls in flight of each scope.</param>
/// <param name="Stands">The counter is above its limit already, which is seen before anything is counted.</param>
internal sealed record LimitCheck(int Scope, int Index, string Type, int Limit, int Used, int Cost, bool Stands)
{
    public const string Requests = "requests";
    public const string Tokens = "tokens";
    public const string Slots = "max_parallel_requests";

    public bool Fails => Used + Cost > Limit;
}
