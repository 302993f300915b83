using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;
using static System.FormattableString;

namespace CBorg.Core.Connection;

/// <summary>Goes the way that the HTTP stack goes, one step at a time.</summary>
internal sealed class LineProbe(Uri baseAddress, IClock clock) : IDisposable
{
    private static readonly TimeSpan s_timeoutPerAddress = TimeSpan.FromSeconds(5);

    private IPAddress[] _addresses = [];
    private Socket? _socket;

    public async Task<CheckResult> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(baseAddress.DnsSafeHost, out IPAddress? given))
        {
            _addresses = [given];
            return CheckResult.Skipped($"{given} is an address already.");
        }

        _addresses = await UnlessAsync(Dns.GetHostAddressesAsync(baseAddress.DnsSafeHost), cancellationToken)
            .ConfigureAwait(false);
        return _addresses.Length > 0
            ? CheckResult.Passed(
                $"{baseAddress.DnsSafeHost} is {string.Join(", ", _addresses.Select(address => address.ToString()))}."
            )
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>
    /// Takes the first address that answers. The HTTP stack tries several at a time; here one after the other, so that each can
    /// be told of.
    /// </summary>
    public async Task<CheckResult> ConnectAsync(CancellationToken cancellationToken)
    {
        List<string> silent = [];
        foreach (IPAddress address in _addresses)
        {
            TimeSpan started = clock.Elapsed;
            try
            {
                _socket = await OpenAsync(address, cancellationToken).ConfigureAwait(false);
                string others = silent.Count == 0 ? "" : $" {string.Join(" ", silent)}";
                double took = (clock.Elapsed - started).TotalMilliseconds;
                return CheckResult.Passed(Invariant($"{address} port {baseAddress.Port} answers after {took:0} ms.{others}"));
            }
            catch (Exception e)
                when (!cancellationToken.IsCancellationRequested && e is SocketException or OperationCanceledException)
            {
                silent.Add($"{address}: {(e is SocketException ? e.Message : "no answer")}.");
            }
        }

        throw new IOException($"No connection to port {baseAddress.Port}. {string.Join(" ", silent)}");
    }

    public async Task<CheckResult> HandshakeAsync(CancellationToken cancellationToken)
    {
        if (baseAddress.Scheme != Uri.UriSchemeHttps)
        {
            return CheckResult.Skipped("http to this machine itself is not encrypted.");
        }

        using SslStream tls = new(new NetworkStream(_socket!, ownsSocket: true));
        using CancellationTokenRegistration stop = cancellationToken.Register(_socket!.Dispose);
        try
        {
            await tls.AuthenticateAsClientAsync(
                    baseAddress.DnsSafeHost,
                    null,
                    SslProtocols.None,
                    checkCertificateRevocation: false
                )
                .ConfigureAwait(false);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is IOException or ObjectDisposedException)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        using X509Certificate2 certificate = new(tls.RemoteCertificate!);
        string owner = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        string issuer = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true);
        string until = Invariant($"{certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        return CheckResult.Passed($"{tls.SslProtocol}; the certificate of {owner} by {issuer} is good until {until}.");
    }

    public void Dispose() => _socket?.Dispose();

    private async Task<Socket> OpenAsync(IPAddress address, CancellationToken cancellationToken)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource timeout = clock.CancelAfter(s_timeoutPerAddress, cancellationToken);
        using CancellationTokenRegistration stop = timeout.Token.Register(socket.Dispose);
        try
        {
            await socket.ConnectAsync(address, baseAddress.Port).ConfigureAwait(false);
            return socket;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            socket.Dispose();
            timeout.Token.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>The result, unless the time is over first; name resolution itself cannot be stopped.</summary>
    private static async Task<T> UnlessAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => stopped.TrySetCanceled(cancellationToken));
        _ = task.ContinueWith(
            late => late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        return await (await Task.WhenAny(task, stopped.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
