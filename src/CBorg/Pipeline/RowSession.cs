using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Errors;
using CBorg.Pipeline.Rows;

namespace CBorg.Pipeline;

/// <summary>
/// What is done for one input, or for a batch of them. It may make several calls: it keeps their records, and writes its
/// outputs in its order.
/// </summary>
/// <param name="reports">Told of all that happens.</param>
/// <param name="model">The model that it asks; null when it asks none.</param>
/// <param name="inputs">What it stands for, as it came.</param>
/// <param name="work">Makes the calls and writes results. A failure that it throws fails the inputs that have no result.</param>
internal sealed class RowSession(CallReports reports, string? model, IReadOnlyList<object?> inputs, Func<RowSession, Task> work)
    : Row(model)
{
    private readonly List<CallRecord> _records = [];
    private int _failed;

    /// <summary>What it stands for, as it came.</summary>
    public IReadOnlyList<object?> Inputs => inputs;

    /// <summary>The inputs that have no result yet. Without it, all.</summary>
    public Func<IReadOnlyList<object?>>? Open { get; init; }

    /// <summary>The calls that it made so far, in the order in which they ended.</summary>
    public IReadOnlyList<CallRecord> Records
    {
        get
        {
            lock (_records)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Takes note of what happens during one of its calls. For any thread.</summary>
    public void OnEvent(CallEvent happened)
    {
        switch (happened.Kind)
        {
            case CallEventKind.Sent or CallEventKind.Resumed:
                Goes();
                break;
            case CallEventKind.Waiting:
                Waits();
                break;
            case CallEventKind.Completed when happened.Record is { } record:
                lock (_records)
                {
                    _records.Add(record);
                }

                break;
        }

        reports.Happened(this, happened);
    }

    /// <summary>
    /// Fails inputs. What ends everything (key, no connection) lets no other row in, and ends the pipeline once what is paid
    /// has been written; what ends a model fails the rows of that model that have not been sent.
    /// </summary>
    public void Fail(CBorgException reason, IReadOnlyList<object?> failed)
    {
        if (failed.Count == 0)
        {
            return;
        }

        Interlocked.Add(ref _failed, failed.Count);
        if (ErrorRecords.EndsEverything(reason))
        {
            EndAll(RowFailure.OfAll(reason, failed));
            return;
        }

        if (reason.Stops == FailureScope.Model)
        {
            StopModel(reason);
        }

        foreach (object? input in failed)
        {
            reports.Failed();
            Write(new RowFailure(reason, input));
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync()
    {
        try
        {
            await work(this).ConfigureAwait(false);
        }
        catch (CBorgException reason)
        {
            FailOpen(reason);
        }

        reports.Ended(this, _failed);
    }

    /// <inheritdoc/>
    protected override void Refuse(object reason)
    {
        FailOpen((CBorgException)reason);
        reports.Ended(this, _failed);
    }

    private void FailOpen(CBorgException reason) => Fail(reason, Open?.Invoke() ?? Inputs);
}
