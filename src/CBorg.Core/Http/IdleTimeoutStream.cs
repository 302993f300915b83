using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>A stream whose reads give up after a while without a byte, instead of hanging for ever on a stalled line. It
/// throws an <see cref="IdleTimeoutException"/> then.</summary>
internal sealed class IdleTimeoutStream(Stream inner, TimeSpan timeout, IClock clock) : Stream
{
    private readonly IdleWatch _watch = new(timeout, clock);

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
        if (_watch.IsExpired)
        {
            throw new IdleTimeoutException(timeout);
        }

        // Bytes that are already here need no timer.
        ValueTask<int> read = inner.ReadAsync(buffer, _watch.TokenFor(cancellationToken));
        return read.IsCompleted ? read : new ValueTask<int>(WaitAsync(read.AsTask(), cancellationToken));
    }
#endif

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WaitAsync(inner.ReadAsync(buffer, offset, count, _watch.TokenFor(cancellationToken)), cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<int> WaitAsync(Task<int> read, CancellationToken cancellationToken)
    {
        _watch.Begin();
        try
        {
#if NET
            return await read.ConfigureAwait(false);
#else
            // There a read heeds no token; it is left to fail when the line is closed.
            if (await Task.WhenAny(read, _watch.Expired).ConfigureAwait(false) == read)
            {
                return await read.ConfigureAwait(false);
            }

            inner.Dispose();
            _ = read.ContinueWith(
                task => task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
            throw new IdleTimeoutException(timeout);
#endif
        }
        catch (Exception) when (_watch.IsExpired && !cancellationToken.IsCancellationRequested)
        {
            throw new IdleTimeoutException(timeout);
        }
        finally
        {
            _watch.End();
        }
    }
}
