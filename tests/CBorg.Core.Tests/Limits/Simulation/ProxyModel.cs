using System;
using System.Collections.Generic;
using System.Globalization;
using CBorg.Core.Http;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Limits.Simulation;

/// <summary>One scope of LiteLLM's limiter as it was measured, by itself: a fixed window of whole seconds, tokens, calls in
/// flight. Shares nothing with the code under test.</summary>
internal sealed class ProxyModel
{
    private double _opened = double.MinValue;
    private bool _rejected;
    private long _requests;
    private long _tokens;
    private int _window;

    public string Version { get; init; } = "1.102.4";

    public long? Requests { get; init; }

    public long? Tokens { get; init; }

    public int? Parallel { get; init; }

    public int InFlight { get; private set; }

    /// <summary>The most requests that were let into one window; never more than the limit unless this model is wrong.</summary>
    public long Passed { get; private set; }

    public int Windows => _window;

    private bool Reserves =>
        !Version.StartsWith("1.7", StringComparison.Ordinal) && !Version.StartsWith("1.8", StringComparison.Ordinal);

    /// <summary>Lets a request in, or says which limit it met.</summary>
    public Verdict Arrive(double now, long estimate)
    {
        Turn(now);
        if (Requests is { } requests && _requests + 1 > requests)
        {
            _rejected = true;
            return Rejected("requests", requests, 0);
        }

        _requests++;
        if (Parallel is { } parallel && InFlight >= parallel)
        {
            return Rejected("max_parallel_requests", parallel, 0);
        }

        if (Tokens is { } tokens && _tokens + (Reserves ? estimate : 0) > tokens)
        {
            _rejected = true;
            return Rejected("tokens", tokens, Reserves ? tokens - _tokens : 0);
        }

        InFlight++;
        Passed++;
        _tokens += Reserves ? estimate : 0;
        return Verdict.Accepted(_window, Requests - _requests);
    }

    public void Leave(double now, int window, long estimate, long used)
    {
        Turn(now);
        InFlight--;
        if (window == _window)
        {
            _tokens += used - (Reserves ? estimate : 0);
        }
    }

    /// <summary>The headers of a reply.</summary>
    public ReplyHeaders Headers(Verdict verdict, bool stream)
    {
        List<string> lines = [$"x-litellm-version: {Version}"];
        Add("x-litellm-key-rpm-limit", Requests);
        Add("x-litellm-key-tpm-limit", Tokens);
        if (verdict.Limit is null && !stream)
        {
            Add("x-ratelimit-api_key-limit-requests", Requests);
            Add("x-ratelimit-api_key-remaining-requests", verdict.Left);
            Add("x-ratelimit-api_key-limit-tokens", Tokens);
            Add("x-ratelimit-api_key-limit-max_parallel_requests", Parallel);
        }

        return Given.Headers([.. lines]);

        void Add(string name, long? value)
        {
            if (value is { } number)
            {
                lines.Add($"{name}: {number.ToString(CultureInfo.InvariantCulture)}");
            }
        }
    }

    private Verdict Rejected(string type, long limit, long left) =>
        Version.StartsWith("1.77", StringComparison.Ordinal) ? Verdict.Unnamed(type) : Verdict.Rejected(type, limit, left);

    private void Turn(double now)
    {
        bool over = _rejected ? now - _opened >= 60 : Math.Floor(now) - Math.Floor(_opened) >= 60;
        if (over)
        {
            (_opened, _rejected, _requests, _tokens) = (now, false, 0, 0);
            _window++;
        }
    }
}
