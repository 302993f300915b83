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
    /// <param name="reply">It.</param>
    /// <param name="bodyText">Its body, or as much of it as came.</param>
    /// <param name="model">Whom it asked. Null for routes that ask none.</param>
    /// <param name="now">The time of day.</param>
    public static CBorgException Of(Reply reply, string bodyText, string? model, DateTimeOffset now)
    {
        string body = Redaction.Clean(bodyText, reply.Key);
        ErrorBody error = ErrorBody.Parse(body).Without(reply.Key);
        return Of(new FailedReply(reply.Status, reply.Headers, error), reply, Cut(body, LongestBody), model, now);
    }

    /// <summary>The exception for an error object inside a stream, whose status was 200.</summary>
    public static CBorgException OfEvent(Reply reply, string eventJson, string? model, DateTimeOffset now)
    {
        string body = Redaction.Clean(eventJson, reply.Key);
        ErrorBody error = ErrorBody.Parse(body).Without(reply.Key);
        int status = int.TryParse(error.Code, out int code) && code is >= 400 and < 600 ? code : 500;
        return Of(new FailedReply(status, reply.Headers, error), reply, Cut(body, LongestBody), model, now);
    }

    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened.</param>
    /// <param name="advice">What to do next. Null takes what is advised for the kind.</param>
    /// <param name="facts">What the server said.</param>
    /// <param name="inner">What it came from.</param>
    public static CBorgException Create(
        ErrorKind kind,
        string message,
        string? advice = null,
        ErrorFacts? facts = null,
        Exception? inner = null
    ) => ErrorTable.Of(kind).Create(message, advice, facts, inner);

    /// <summary>The same failure, with more to say.</summary>
    public static CBorgException Again(CBorgException failure, string more, ErrorFacts facts) =>
        Create(failure.Kind, $"{failure.Message} {more}", failure.Advice, facts, failure);

    /// <summary>The ids that the service's operators will ask for.</summary>
    public static string Ids(ErrorFacts facts)
    {
        string call = facts.CallId is { } id ? $", call {id}" : "";
        string edge = facts.CfRay is { } ray ? $", cf-ray {ray}" : "";
        return FormattableString.Invariant($" (status {facts.StatusCode}{call}{edge}).");
    }

    private static CBorgException Of(FailedReply failed, Reply reply, string body, string? model, DateTimeOffset now)
    {
        FailureRule rule = FailureClassifier.Find(failed);
        ErrorFacts facts = FactsOf(failed, reply, body, now) with { Stops = rule.Stops };
        ErrorRow row = ErrorTable.Of(rule.Kind);
        return row.Create(Sentence(row.What(model, facts), failed.Body.Message, facts), null, facts, null);
    }

    private static ErrorFacts FactsOf(FailedReply failed, Reply reply, string body, DateTimeOffset now)
    {
        ErrorBody error = failed.Body;
        TimeSpan? retryAfter = RetryAfter.Read(reply.Headers, error, now);
        return new ErrorFacts
        {
            StatusCode = failed.Status,
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
            Retryable = failed.SaysRetryable,
            Host = reply.Host,
            Attempts = reply.Attempt,
        };
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

    private static string Cut(string text, int length) => text.Length <= length ? text : text.Substring(0, length) + "...";
}
