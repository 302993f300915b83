using System;
using System.Text;
using CBorg.Core.Http;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>Makes the exception that tells a user what a failed reply means.</summary>
internal static class Failures
{
    private const int LongestMessage = 600;
    private const int LongestBody = 4096;

    /// <summary>The exception for a reply with a failing status.</summary>
    public static CBorgException Of(Reply reply, string bodyText, string? model, DateTimeOffset now)
    {
        string body = Redaction.Clean(bodyText, reply.Key);
        ErrorBody error = ErrorBody.Parse(body).Without(reply.Key);
        ErrorKind kind = FailureClassifier.Classify(reply.Status, reply.Headers, error);
        return Create(kind, error, reply, Cut(body, LongestBody), model, now, reply.Status);
    }

    /// <summary>The exception for an error object inside a stream, whose status was 200.</summary>
    public static CBorgException OfEvent(Reply reply, string eventJson, string? model, DateTimeOffset now)
    {
        string body = Redaction.Clean(eventJson, reply.Key);
        ErrorBody error = ErrorBody.Parse(body).Without(reply.Key);
        int status = int.TryParse(error.Code, out int code) && code is >= 400 and < 600 ? code : 500;
        ErrorKind kind = FailureClassifier.Classify(status, reply.Headers, error);
        return Create(kind, error, reply, Cut(body, LongestBody), model, now, status);
    }

    public static CBorgException Create(ErrorKind kind, string message, string? advice, ErrorFacts? facts = null, Exception? inner = null) => kind switch
    {
        ErrorKind.KeyMissing or ErrorKind.KeyUnknown or ErrorKind.KeyExpired or ErrorKind.KeyBlocked or ErrorKind.AddressNotAllowed or ErrorKind.ModelNotAllowed
            or ErrorKind.RouteNotAllowed or ErrorKind.EdgeBlocked => new CBorgAuthenticationException(kind, message, advice, facts, inner),
        ErrorKind.Budget => new CBorgBudgetException(kind, message, advice, facts, inner),
        ErrorKind.RequestLimit or ErrorKind.TokenLimit or ErrorKind.ParallelLimit or ErrorKind.ProviderLimit or ErrorKind.Resting or ErrorKind.EdgeLimit =>
            new CBorgRateLimitException(kind, message, advice, facts, inner),
        ErrorKind.ModelNotFound or ErrorKind.NotFound or ErrorKind.BadRequest or ErrorKind.RequestTooLarge or ErrorKind.ContextWindow or ErrorKind.ContentPolicy =>
            new CBorgRequestException(kind, message, advice, facts, inner),
        ErrorKind.ProviderRefused or ErrorKind.ProviderQuota or ErrorKind.ProviderFault or ErrorKind.ProxyFault or ErrorKind.EdgeFault =>
            new CBorgServiceException(kind, message, advice, facts, inner),
        ErrorKind.ConnectionFailed or ErrorKind.TlsFailed => new CBorgConnectionException(kind, message, advice, facts, inner),
        ErrorKind.ConnectTimeout or ErrorKind.FirstByteTimeout or ErrorKind.SilenceTimeout or ErrorKind.CallTimeout or ErrorKind.ProviderTimeout => new CBorgTimeoutException(kind, message, advice, facts, inner),
        ErrorKind.InvalidResponse => new CBorgProtocolException(kind, message, advice, facts, inner),
        _ => new CBorgException(kind, message, advice, facts, inner),
    };

    /// <summary>The same failure, with more to say.</summary>
    public static CBorgException Again(CBorgException failure, string more, ErrorFacts facts) =>
        Create(failure.Kind, $"{failure.Message} {more}", failure.Advice, facts, failure);

    private static CBorgException Create(ErrorKind kind, ErrorBody error, Reply reply, string body, string? model, DateTimeOffset now, int status)
    {
        TimeSpan? retryAfter = RetryAfter.Read(reply.Headers, error, now);
        ErrorFacts facts = new()
        {
            StatusCode = status,
            Type = error.Type,
            Code = error.Code,
            Param = error.Param,
            ServerMessage = error.Message,
            Body = body,
            CallId = reply.Headers.CallId,
            CfRay = reply.Headers.CfRay,
            RetryAfter = retryAfter,
            RetryAt = retryAfter is { } wait ? (now + wait).ToLocalTime() : null,
            LimitType = reply.Headers["rate_limit_type"],
            RateLimit = LimitTexts.Read(reply.Headers["rate_limit_type"], error.Message),
            Retryable = bool.TryParse(reply.Headers["x-should-retry"], out bool should) ? should : error.EdgeRetryable,
            Host = reply.Host,
            Attempts = reply.Attempt,
        };
        (string what, string advice) = FailureTexts.For(kind, model, facts);
        return Create(kind, Sentence(what, error.Message, facts), advice, facts);
    }

    /// <summary>What happened, the server's own words, and the ids that its operators will ask for.</summary>
    private static string Sentence(string what, string serverMessage, ErrorFacts facts)
    {
        StringBuilder text = new(what);
        if (serverMessage.Length > 0)
        {
            text.Append(" The server said: ").Append(Cut(serverMessage.Trim(), LongestMessage));
        }

        return text.Append(Ids(facts)).ToString();
    }

    /// <summary>The ids that the service's operators will ask for.</summary>
    public static string Ids(ErrorFacts facts) =>
        $" (status {facts.StatusCode}{(facts.CallId is null ? "" : $", call {facts.CallId}")}{(facts.CfRay is null ? "" : $", cf-ray {facts.CfRay}")}).";

    private static string Cut(string text, int length) => text.Length <= length ? text : text.Substring(0, length) + "...";
}
