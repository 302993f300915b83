using System;
using CBorg.Core.Http;

namespace CBorg.Core.Limits;

/// <summary>The permission to have one call in flight. Given back when the reply has been read to its end, or when the call
/// has been given up.</summary>
internal sealed class RateLimitLease(RateLimiter? limiter, Permit? permit) : IDisposable
{
    private bool _returned;
    private bool _givenUp;
    private bool _isStream;
    private bool _succeeded;
    private TokensUsed? _used;

    /// <summary>For requests that count against no limit.</summary>
    public static RateLimitLease Free { get; } = new(null, null);

    /// <summary>When it was given, since the Unix epoch.</summary>
    public TimeSpan GivenAt => permit?.SentAt ?? TimeSpan.Zero;

    /// <summary>The headers of its reply are here.</summary>
    public void Replied(ReplyHeaders headers, int status, bool isStream)
    {
        _isStream = isStream;
        _succeeded = status is >= 200 and < 300;
        limiter?.Replied(permit!, headers, _succeeded, isStream);
    }

    /// <summary>What the answer says it took; replaces the estimate when the lease is given back.</summary>
    public void Settle(TokensUsed? used) => _used = used;

    /// <summary>Takes what a failure tells.</summary>
    /// <returns>How long to wait before the call asks for a permit again: zero when the queue itself holds it as long as
    /// needed; null when the scopes say nothing about it.</returns>
    public TimeSpan? Failed(CBorgException failure) => RetryDelay = Learn(failure);

    /// <summary>What the last <see cref="Failed"/> said; null before.</summary>
    public TimeSpan? RetryDelay { get; private set; }

    private TimeSpan? Learn(CBorgException failure)
    {
        _givenUp |= failure.Kind is ErrorKind.FirstByteTimeout or ErrorKind.SilenceTimeout or ErrorKind.CallTimeout;
        return _returned ? null : limiter?.Failed(permit!, failure);
    }

    /// <summary>The call was given up before its reply had been read to the end: the server may hold its permit still.</summary>
    public void GiveUp() => _givenUp = true;

    public void Dispose()
    {
        if (limiter is not null && !_returned)
        {
            _returned = true;
            limiter.Return(
                permit!,
                _used,
                _succeeded,
                _givenUp ? (_isStream && _succeeded ? CallEnd.CutStream : CallEnd.GivenUp) : CallEnd.Read
            );
        }
    }
}
