using System.IO;
using System.Text;

namespace CBorg.Emulator.Faults;

/// <summary>
/// Stands before the reply's own stream: takes a reply apart into events (a plain body is one), sends each through the
/// faults and writes what comes out.
/// </summary>
internal sealed class FaultStream(Stream inner, FaultCall call, IReadOnlyList<Fault> faults) : Stream
{
    private readonly MemoryStream _pending = new();
    private readonly IReadOnlyList<IByteFault> _byteFaults = faults.OfType<IByteFault>().ToList();
    private bool _ended;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private bool IsEventStream =>
        call.Http.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Replies are written asynchronously.");

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _pending.Write(buffer.Span);
        if (IsEventStream)
        {
            await PassWholeEventsAsync();
        }
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        IsEventStream && !_ended ? inner.FlushAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Passes on what is left, and what the faults have to add.</summary>
    public async Task FinishAsync()
    {
        var rest = Encoding.UTF8.GetString(_pending.ToArray());
        _pending.SetLength(0);
        var last = rest.Length == 0 && IsEventStream ? [] : LastSteps(rest);
        foreach (var step in last.Concat(EndSteps()))
        {
            await TakeAsync(step);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task PassWholeEventsAsync()
    {
        var bytes = _pending.ToArray();
        var start = 0;
        int end;
        while ((end = bytes.AsSpan(start).IndexOf("\n\n"u8)) >= 0)
        {
            var step = new EventStep(Encoding.UTF8.GetString(bytes, start, end));
            start += end + 2;
            foreach (var passed in Through(faults, step))
            {
                await TakeAsync(passed);
            }
        }

        _pending.SetLength(0);
        _pending.Write(bytes, start, bytes.Length - start);
    }

    // The length of a plain body is only known now; who breaks it off has announced the whole of it.
    private List<ReplyStep> LastSteps(string rest)
    {
        var whole = new EventStep(rest, IsPlainBody: !IsEventStream);
        var steps = Through(faults, whole).ToList();
        var response = call.Http.Response;
        if (
            whole.IsPlainBody
            && !response.HasStarted
            && response.ContentLength is not null
            && !steps.OfType<BreakStep>().Any(step => step.How != LineEnd.Finish)
        )
        {
            response.ContentLength = steps.OfType<EventStep>().Sum(step => Encoding.UTF8.GetByteCount(step.Text));
        }

        return steps;
    }

    private IEnumerable<ReplyStep> EndSteps() =>
        faults.SelectMany((fault, index) => fault.AtEnd().SelectMany(step => Through(faults.Skip(index + 1), step)));

    private static IEnumerable<ReplyStep> Through(IEnumerable<Fault> faults, ReplyStep step) =>
        faults.Aggregate<Fault, IEnumerable<ReplyStep>>([step], (steps, fault) => steps.SelectMany(fault.Pass));

    private async Task TakeAsync(ReplyStep step)
    {
        if (_ended)
        {
            return;
        }

        switch (step)
        {
            case EventStep text:
                await SendAsync(text.IsPlainBody ? text.Text : text.Text + text.LineEnd + text.LineEnd);
                break;
            case PauseStep pause:
                await inner.FlushAsync(call.Http.RequestAborted);
                _ended = !await call.WaitAsync(pause.Time);
                break;
            case BreakStep end:
                _ended = true;
                await EndAsync(end.How);
                break;
            default:
                throw new InvalidOperationException($"Nobody sends a {step.GetType().Name}.");
        }
    }

    private async Task EndAsync(LineEnd how)
    {
        if (how != LineEnd.Finish)
        {
            await inner.FlushAsync(call.Http.RequestAborted);
            await call.BreakAsync(how);
        }
    }

    private async Task SendAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var start = 0;
        foreach (var cut in _byteFaults.SelectMany(fault => fault.Cuts(bytes)).Distinct().Order())
        {
            await inner.WriteAsync(bytes.AsMemory(start, cut - start), call.Http.RequestAborted);
            await inner.FlushAsync(call.Http.RequestAborted);
            await call.WaitAsync(_byteFaults.Max(fault => fault.PauseAfterCut));
            call.Http.RequestAborted.ThrowIfCancellationRequested();
            start = cut;
        }

        await inner.WriteAsync(bytes.AsMemory(start), call.Http.RequestAborted);
        await inner.FlushAsync(call.Http.RequestAborted);
    }
}
