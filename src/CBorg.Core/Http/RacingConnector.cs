using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>
/// Connects to a name that has several addresses (RFC 8305): the families take turns, beginning with the one that the system
/// prefers, each attempt has a head start on the next, and the first that succeeds ends the others. So an IPv6 that leads
/// nowhere costs a quarter of a second, not the system's own timeout.
/// </summary>
/// <param name="resolve">The addresses of a name.</param>
/// <param name="open">Connects to one of them.</param>
/// <param name="clock">Time.</param>
internal sealed class RacingConnector(
    Func<string, CancellationToken, Task<IPAddress[]>> resolve,
    Func<IPEndPoint, CancellationToken, Task<Socket>> open,
    IClock clock
)
{
    public static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <exception cref="SocketException">No address could be connected to; this is what the last one said.</exception>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        Queue<IPAddress> waiting = new(TakingTurns(await resolve(host, cancellationToken).ConfigureAwait(false)));
        if (waiting.Count == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<Socket>> running = [];
        try
        {
            while (true)
            {
                if (waiting.Count > 0)
                {
                    running.Add(open(new IPEndPoint(waiting.Dequeue(), port), over.Token));
                }

                if (await EndedAsync(running, waiting.Count > 0, over.Token).ConfigureAwait(false) is not { } ended)
                {
                    continue;
                }

                running.Remove(ended);
                if (ended.Status == TaskStatus.RanToCompletion || (running.Count == 0 && waiting.Count == 0))
                {
                    return await ended.ConfigureAwait(false);
                }

                _ = ended.Exception;
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            over.Cancel();
            running.ForEach(Discard);
        }
    }

    /// <summary>The families in turn, each in its order.</summary>
    internal static List<IPAddress> TakingTurns(IPAddress[] addresses)
    {
        List<List<IPAddress>> families = [];
        int longest = 0;
        foreach (IPAddress address in addresses)
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6)
            {
                continue;
            }

            List<IPAddress>? family = families.Find(one => one[0].AddressFamily == address.AddressFamily);
            if (family is null)
            {
                families.Add(family = []);
            }

            family.Add(address);
            longest = Math.Max(longest, family.Count);
        }

        List<IPAddress> turns = new(addresses.Length);
        for (int round = 0; round < longest; round++)
        {
            foreach (List<IPAddress> family in families)
            {
                if (round < family.Count)
                {
                    turns.Add(family[round]);
                }
            }
        }

        return turns;
    }

    /// <returns>An attempt that has ended, one way or the other. Null when it is time for the next one.</returns>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<Task<Socket>?> EndedAsync(List<Task<Socket>> running, bool moreToCome, CancellationToken cancellationToken)
    {
        Task<Task<Socket>> first = Task.WhenAny(running);
        if (moreToCome && await Task.WhenAny(first, clock.Delay(HeadStart, cancellationToken)).ConfigureAwait(false) != first)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }

        return await first.ConfigureAwait(false);
    }

    /// <summary>A connection that comes second is closed; what becomes of the rest is nobody's trouble.</summary>
    private static void Discard(Task<Socket> loser) =>
        _ = loser.ContinueWith(
            ended =>
            {
                if (ended.Status == TaskStatus.RanToCompletion)
                {
                    ended.Result.Dispose();
                }

                _ = ended.Exception;
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
