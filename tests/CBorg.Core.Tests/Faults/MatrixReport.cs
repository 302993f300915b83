using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CBorg.Core.Tests.Faults;

/// <summary>The matrix as docs/fault-matrix.md.</summary>
internal static class MatrixReport
{
    private const string Head = """
        # Fault matrix

        Written by the test run: every fault that the emulator can script, laid on every kind of call. Do not edit; `CBORG_WRITE_FAULT_MATRIX=1 dotnet test tests/CBorg.Core.Tests --filter Faults` writes it anew,
        and a test fails when it differs from what was found. What is right is written by hand in `tests/CBorg.Core.Tests/Faults`, and judged there: kind of failure, number of requests, text, tokens, cost, and
        that the next call is answered.

        Each fault is laid on the first request only, and then on all of them, with two retries allowed. A fault's script is explained in emulator.md, each kind of failure in errors.md.

        | Entry | Meaning |
        |---|---|
        | answer | the first request brings the whole answer |
        | again; KIND | the request is sent again. One fault: the second request brings the answer. All faulted: KIND after the last attempt |
        | KIND | fails at once, and is not sent again |
        | - | the fault is of streams only |
        | text kept | StreamInterrupted at once, with the text that had arrived |

        What the proxy's own limiter rejects (the first four lines of "Limits and budgets") waits in the module's queue, up to 60 times, and uses up no attempt of a chat or of embeddings. The framework sends a request without a
        body (models, key, spend, daily spend, rest) again by itself when the line breaks before any answer; such requests cost nothing. `cost` has an estimate of its own for a count of tokens that it cannot have, so it has an
        answer always. `spend` asks for the user where the key may not ask for itself, and reads a budget's refusal as what it says. `rest` hands on what came.


        """;

    private const string Paid = """

        ## Charged for nothing

        Nothing is delivered twice: of the requests of one call at most one brings the answer. But what the proxy had answered when the line broke is charged, and where the call is sent again it is charged again.
        The table shows the faults after which the emulator had charged for a request whose answer did not arrive whole; one fault, and how many such requests. All else was charged once, for what was
        delivered, or not at all. A real proxy can charge too where the emulator does not: a request that it had begun to work on when the line broke or the client gave up (errors.md, "What takes too long").

        | Fault | chat, streamed | chat, plain | embeddings |
        |---|---|---|---|

        """;

    public static string Markdown(FaultMatrix matrix)
    {
        StringBuilder text = new(Head.ReplaceLineEndings("\n"));
        foreach ((string title, IReadOnlyList<FaultRow> rows) in FaultTable.Groups)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"## {title}\n\n| Fault | {string.Join(" | ", Operation.All.Select(operation => operation.Name))} |\n|---|{string.Concat(Operation.All.Select(_ => "---|"))}\n"
            );
            foreach (FaultRow row in rows)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{row.Script}` | {string.Join(" | ", Operation.All.Select(operation => matrix.Cells.FirstOrDefault(cell => cell.Row == row && cell.Operation == operation)?.Text() ?? "-"))} |\n"
                );
            }

            text.Append('\n');
        }

        text.Length--;
        text.Append(Paid.ReplaceLineEndings("\n"));
        foreach (IGrouping<FaultRow, MatrixCell> row in matrix.Cells.GroupBy(cell => cell.Row).Where(row => row.Any(IsLost)))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{row.Key.Script}` | {string.Join(" | ", row.Take(3).Select(Lost))} |\n"
            );
        }

        return text.ToString();
    }

    private static bool IsLost(MatrixCell cell) => cell.Once.ChargedInVain > 0;

    private static string Lost(MatrixCell cell) =>
        !IsLost(cell) ? ""
        : cell.Once.Partial is null ? cell.Once.ChargedInVain.ToString(CultureInfo.InvariantCulture)
        : "1, in part delivered";
}
