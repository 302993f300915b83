using System;

namespace CBorg;

/// <summary>
/// The kinds of failure, a row each. Who needs to know something of a kind asks here; docs/errors.md shows the rows. What a
/// reply has to show to be of a kind is in Core's FailureRules.
/// </summary>
internal static partial class ErrorTable
{
    /// <summary>Where CBorg's keys are made and addresses authorised, whichever of its addresses is in use.</summary>
    public const string KeyPage = ConnectionOptions.DefaultBaseUri + "/key/manage";

    private const string Support = "scienceit@lbl.gov";

    private static readonly ErrorRow[] s_rows = Sorted(Account, Limits, Requests, Services, Network);

    /// <summary>The row of a kind.</summary>
    public static ErrorRow Of(ErrorKind kind) =>
        (int)kind is >= 0 and var index && index < s_rows.Length ? s_rows[index] : s_rows[0];

    private static ErrorRow[] Sorted(params ErrorRow[][] groups)
    {
        ErrorRow[] rows = new ErrorRow[Enum.GetValues(typeof(ErrorKind)).Length];
        foreach (ErrorRow[] group in groups)
        {
            foreach (ErrorRow row in group)
            {
                rows[(int)row.Kind] = row;
            }
        }

        return rows;
    }

    private static CBorgException Any(ErrorKind kind, string message, string? advice, ErrorFacts? facts, Exception? inner) =>
        new(kind, message, advice, facts, inner);

    private static CBorgException Authentication(
        ErrorKind kind,
        string message,
        string? advice,
        ErrorFacts? facts,
        Exception? inner
    ) => new CBorgAuthenticationException(kind, message, advice, facts, inner);

    private static CBorgException Budget(ErrorKind kind, string message, string? advice, ErrorFacts? facts, Exception? inner) =>
        new CBorgBudgetException(kind, message, advice, facts, inner);

    private static CBorgException Connection(
        ErrorKind kind,
        string message,
        string? advice,
        ErrorFacts? facts,
        Exception? inner
    ) => new CBorgConnectionException(kind, message, advice, facts, inner);

    private static CBorgException Protocol(ErrorKind kind, string message, string? advice, ErrorFacts? facts, Exception? inner) =>
        new CBorgProtocolException(kind, message, advice, facts, inner);

    private static CBorgException Limit(ErrorKind kind, string message, string? advice, ErrorFacts? facts, Exception? inner) =>
        new CBorgRateLimitException(kind, message, advice, facts, inner);

    private static CBorgException Request(ErrorKind kind, string message, string? advice, ErrorFacts? facts, Exception? inner) =>
        new CBorgRequestException(kind, message, advice, facts, inner);

    private static CBorgException Service(ErrorKind kind, string message, string? advice, ErrorFacts? facts, Exception? inner) =>
        new CBorgServiceException(kind, message, advice, facts, inner);

    private static CBorgException Timeout(ErrorKind kind, string message, string? advice, ErrorFacts? facts, Exception? inner) =>
        new CBorgTimeoutException(kind, message, advice, facts, inner);
}
