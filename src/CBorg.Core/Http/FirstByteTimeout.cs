using System;
using System.Threading;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>
/// The time in which a reply has to begin. It is counted from the end of the request, so that making a connection, which has a
/// time of its own, takes nothing from it.
/// </summary>
internal sealed class FirstByteTimeout : IDisposable
{
    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly ConnectionOptions _options;
    private readonly CancellationTokenSource _over;
    private readonly bool _body;
    private CancellationTokenSource? _timer;
    private bool _disposed;

    /// <param name="clock">Time.</param>
    /// <param name="options">How long.</param>
    /// <param name="body">
    /// Whether <see cref="Sent"/> will be called. Without a body nobody can tell connecting from waiting: both times together
    /// are allowed then.
    /// </param>
    /// <param name="stop">The caller's stop, or the end of the call's time.</param>
    public FirstByteTimeout(IClock clock, ConnectionOptions options, bool body, CancellationToken stop)
    {
        _clock = clock;
        _body = body;
        _options = options;
        _over = CancellationTokenSource.CreateLinkedTokenSource(stop);
#if NET
        if (!body)
        {
            Start(options.ConnectTimeout + options.FirstByteTimeout);
        }
#else
        // The handler of .NET Framework has no time for connecting.
        Start(body ? options.ConnectTimeout : options.ConnectTimeout + options.FirstByteTimeout);
#endif
    }

    public CancellationToken Token => _over.Token;

    /// <summary>Whether the whole request is on its way. Never for one without a body.</summary>
    public bool IsSent { get; private set; }

    /// <summary>
    /// Whether nothing came in time although the request was sent. False when it was never sent: then it was the connection
    /// that took too long.
    /// </summary>
    public bool NoFirstByte => _timer?.IsCancellationRequested == true && (IsSent || !_body);

    /// <summary>The request is on its way: the server's time begins.</summary>
    public void Sent()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                IsSent = true;
                _timer?.Dispose();
                Start(_options.FirstByteTimeout);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
            _over.Dispose();
        }
    }

    private void Start(TimeSpan timeout)
    {
        _timer = _clock.CancelAfter(timeout, CancellationToken.None);
        _timer.Token.Register(End);
    }

    private void End()
    {
        try
        {
            // Not under the lock: what waits for it runs on here.
            _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The reply began at that moment.
        }
    }
}
