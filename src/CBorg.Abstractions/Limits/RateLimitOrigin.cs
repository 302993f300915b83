namespace CBorg;

/// <summary>How a limit is known, the most dependable first.</summary>
public enum RateLimitOrigin
{
    /// <summary>Given to <c>Connect-CBorg</c>.</summary>
    User,

    /// <summary>A reply's <c>x-ratelimit-SCOPE-limit-TYPE</c>.</summary>
    ReplyHeader,

    /// <summary><c>/key/info</c>, <c>/user/info</c> or <c>/team/info</c>.</summary>
    AccountInfo,

    /// <summary>A reply's <c>x-litellm-key-rpm-limit</c> or <c>-tpm-limit</c>.</summary>
    KeyHeader,

    /// <summary>The text of a rejection.</summary>
    Rejection,

    /// <summary>What CBorg publishes: five calls at a time for on-premises models.</summary>
    Published,

    /// <summary>Found out by trying: raised while all goes well, lowered when it does not.</summary>
    Adaptive,
}
