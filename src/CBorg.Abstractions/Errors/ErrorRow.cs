using System;
using System.Globalization;

namespace CBorg;

/// <summary>Makes the exception of a kind.</summary>
internal delegate CBorgException ErrorFactory(
    ErrorKind kind,
    string message,
    string? advice,
    ErrorFacts? facts,
    Exception? inner
);

/// <summary>All that is known of a kind of failure.</summary>
/// <param name="kind">Its name, which is also the ErrorId.</param>
/// <param name="fault">Who has to act.</param>
/// <param name="stops">What else could only fail of the same.</param>
/// <param name="retry">Whether and how it is sent again.</param>
/// <param name="category">The name of PowerShell's category.</param>
/// <param name="create">Makes its exception.</param>
/// <param name="what">
/// What happened: a sentence in which {model}, {name}, {host}, {param}, {limit} and {wait} stand for what the call knows of
/// them.
/// </param>
/// <param name="advice">What to do next.</param>
internal sealed class ErrorRow(
    ErrorKind kind,
    Fault fault,
    FailureScope stops,
    ErrorRetry retry,
    string category,
    ErrorFactory create,
    string what,
    string advice
)
{
    public ErrorKind Kind => kind;

    public Fault Fault => fault;

    public FailureScope Stops => stops;

    public ErrorRetry Retry => retry;

    public string Category => category;

    /// <summary>
    /// What the circuit breaker closes off: the route or the whole service. Null: a failure of this kind says nothing about
    /// them.
    /// </summary>
    public FailureScope? Breaks { get; init; }

    /// <summary>The same kind under circumstances that change what is to be said and done. Null: there are none.</summary>
    public ErrorVariant? Variant { get; init; }

    /// <param name="message">What happened.</param>
    /// <param name="otherAdvice">What to do next, where that differs from the row's. Null takes the row's.</param>
    /// <param name="facts">What the server said.</param>
    /// <param name="inner">What it came from.</param>
    public CBorgException Create(string message, string? otherAdvice, ErrorFacts? facts, Exception? inner) =>
        create(kind, message, otherAdvice ?? Advice(facts), facts, inner);

    public bool IsRetryable(ErrorFacts facts) =>
        retry switch
        {
            ErrorRetry.Never => false,
            _ => facts.Retryable ?? (Applying(facts)?.Retry ?? retry) > ErrorRetry.No,
        };

    /// <summary>What happened, in a sentence or two.</summary>
    /// <param name="model">Whom the call asked. Null: nobody, or it is not known.</param>
    /// <param name="facts">What the server said.</param>
    public string What(string? model, ErrorFacts facts) =>
        (Applying(facts)?.What ?? what)
            .Replace("{model}", string.IsNullOrEmpty(model) ? "the model" : $"'{model}'")
            .Replace("{name}", string.IsNullOrEmpty(model) ? " of that name" : $" '{model}'")
            .Replace("{host}", facts.Host ?? "The server")
            .Replace("{param}", facts.Param is { } param ? $" because of '{param}'" : "")
            .Replace("{limit}", facts.RateLimit?.Limit?.ToString(CultureInfo.InvariantCulture) ?? "all")
            .Replace("{wait}", Wait(facts));

    public string Advice(ErrorFacts? facts) => (facts is null ? null : Applying(facts)?.Advice) ?? advice;

    private static string Wait(ErrorFacts facts) =>
        facts.RetryAfter is { } delay
            ? string.Format(CultureInfo.InvariantCulture, " The server asks to wait {0:0} s.", Math.Ceiling(delay.TotalSeconds))
            : "";

    private ErrorVariant? Applying(ErrorFacts facts) => Variant?.Applies(facts) == true ? Variant : null;
}

/// <param name="Applies">When.</param>
/// <param name="Retry">Whether and how it is sent again then.</param>
/// <param name="What">What happened.</param>
/// <param name="Advice">What to do next.</param>
internal sealed record ErrorVariant(Func<ErrorFacts, bool> Applies, ErrorRetry Retry, string What, string Advice);
