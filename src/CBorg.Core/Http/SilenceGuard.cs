using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>A stream whose reads give up after a while without a byte, instead of hanging for ever on a stalled line. It throws a <see cref="SilenceException"/> then.</summary>
internal sealed class SilenceGuard(Stream inner, TimeSpan patience, IClock clock) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Bytes that are already here need no timer.
        ValueTask<int> read = inner.ReadAsync(buffer, cancellationToken);
        return read.IsCompleted ? read : new ValueTask<int>(GuardAsync(read.AsTask(), cancellationToken));
    }
#endif

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        GuardAsync(inner.ReadAsync(buffer, offset, count, cancellationToken), cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> GuardAsync(Task<int> read, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task silence = clock.Delay(patience, enough.Token);
        if (await Task.WhenAny(read, silence).ConfigureAwait(false) == read)
        {
            enough.Cancel();
            return await read.ConfigureAwait(false);
        }

        // The read is left to fail when the line is closed; on .NET Framework it heeds no token.
        inner.Dispose();
        _ = read.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        throw new SilenceException(patience);
    }
}
