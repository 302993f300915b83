using System;

namespace CBorg.Core.Limits;

/// <summary>What one scope (the key, its user, its team, a model of the key ...) allows, and what has been used of it. Not
/// thread-safe.</summary>
/// <param name="id">The scope: <c>key</c>, <c>user</c>, <c>model gpt</c> ...</param>
/// <param name="model">The model whose requests count in it, <c>lbl/*</c> for all that begin so; null for all.</param>
internal sealed class LimitScope(string id, string? model)
{
    // How long the others wait for a probe's answer, and for the answer of each request where others use the same limit.
    private static readonly TimeSpan s_probeTimeout = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan s_answerTimeout = TimeSpan.FromSeconds(1);

    public string Id => id;

    public string? Model => model;

    /// <summary>What the server says.</summary>
    public LimitSet Server { get; } = new();

    /// <summary>For models' scopes alone: how many in flight while nobody says.</summary>
    public AdaptiveConcurrency? Adaptive { get; init; }

    public Window Window { get; } = new();

    public ParallelBackoff Backoff { get; } = new();

    /// <summary>After a rejection: nobody goes before this moment.</summary>
    public TimeSpan BlockedUntil { get; set; }

    /// <summary>Rejections in a row with a window of which the beginning is not known.</summary>
    public int FailedProbes { get; set; }

    /// <summary>Whether the next request goes alone until it is answered: it finds out whether the new window is open.</summary>
    public bool NextIsProbe { get; set; }

    public long? ProbeId { get; set; }

    /// <summary>What a call is held to: what its user wants to keep to, which is of the key, wins over what the server
    /// says.</summary>
    public LimitSet Limits(LimitSet userLimits) => id == LimitState.KeyScope ? userLimits.Over(Server) : Server;

    public bool Covers(string other) =>
        model is null
        || (
            model.EndsWith("*", StringComparison.Ordinal)
                ? other.StartsWith(model.Substring(0, model.Length - 1), StringComparison.OrdinalIgnoreCase)
                : other == model
        );

    /// <summary>What a call has to wait for; null when it may go as far as windows are concerned.</summary>
    /// <param name="rules">The server's.</param>
    /// <param name="limits">What the call is held to.</param>
    /// <param name="tokens">What it will take.</param>
    /// <param name="now">Since the Unix epoch.</param>
    public WaitReason? BlockedByWindow(ServerRules rules, LimitSet limits, long tokens, TimeSpan now)
    {
        Window.Advance(now);
        return ByRejection(now) ?? ByProbe(now) ?? ByRequests(limits.Requests, now) ?? ByTokens(rules, limits.Tokens, tokens);
    }

    /// <summary>Counts a request that goes out now.</summary>
    public Permit.WindowEntry Enter(long permit, long tokens, TimeSpan now)
    {
        if (NextIsProbe)
        {
            (NextIsProbe, ProbeId) = (false, permit);
        }

        bool late = Window.Count(now, tokens);
        return new Permit.WindowEntry(id, Window.Number, late, Window.Own.Requests, Window.Answered);
    }

    private WaitReason? ByRejection(TimeSpan now) =>
        now < BlockedUntil ? new WaitReason($"{Who} is used up by others; the next try", BlockedUntil) : null;

    private WaitReason? ByProbe(TimeSpan now) =>
        ProbeId is not null && now < Window.LastSent + s_probeTimeout
            ? new WaitReason($"the first request of {Who}'s new minute is under way", Window.LastSent + s_probeTimeout)
            : null;

    private WaitReason? ByRequests(LimitValue? requests, TimeSpan now)
    {
        if (requests is not { } limit)
        {
            return null;
        }

        long left = Math.Max(1, limit.Value) - Window.Requests;
        if (left <= 0)
        {
            // Past the hold of a window whose beginning is not known: one request finds out.
            NextIsProbe = true;
            return FailedProbes > 0 && ProbeId is null
                ? null
                : new WaitReason($"{limit.Value} requests of {Who} in this minute", Window.End);
        }

        // Others use the same limit unannounced. What they left last time is ours; every other window it is tried whether
        // they leave more, each request waiting for the one before.
        long expected = Math.Max(0, Window.OthersBefore - Window.Others.Requests);
        if (left <= expected && Window.Own.Requests > 0 && Window.Number % 2 == 0)
        {
            NextIsProbe = true;
            return new WaitReason($"{limit.Value} requests of {Who} in this minute, some of them others'", Window.End);
        }

        bool tight = (Window.OthersBefore > 0 || Window.Others.Requests > 0) && left <= expected + 2;
        return tight && Window.Own.Requests > Window.Answered && now < Window.LastSent + s_answerTimeout
            ? new WaitReason($"other programs use the limit of {Who} too", Window.LastSent + s_answerTimeout)
            : null;
    }

    private WaitReason? ByTokens(ServerRules rules, LimitValue? most, long tokens)
    {
        if (most is not { } limit || Window.Requests == 0)
        {
            return null;
        }

        long wanted = rules.ReservesTokens ? Window.Tokens + tokens : Window.Tokens;
        if (wanted <= limit.Value || (FailedProbes > 0 && ProbeId is null))
        {
            return null;
        }

        NextIsProbe = true;
        return new WaitReason(
            $"{Window.Tokens} of {limit.Value} tokens of {Who} in this minute",
            Window.IsOpen ? Window.End : Window.LateFrom + Window.Length
        );
    }

    public string Who =>
        id switch
        {
            "key" or "user" or "team" => "this " + id,
            _ => id,
        };
}
