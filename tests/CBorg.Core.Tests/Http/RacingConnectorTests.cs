using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Http;

public sealed class RacingConnectorTests : IDisposable
{
    private const string Six = "2001:db8::6";
    private const string OtherSix = "2001:db8::66";
    private const string Four = "192.0.2.4";
    private const string OtherFour = "192.0.2.44";

    private readonly FakeClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _opened = [];
    private readonly Dictionary<string, TaskCompletionSource<Socket>> _attempts = [];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private bool _stubborn;

    public void Dispose()
    {
        _stop.Dispose();
        _socket.Dispose();
    }

    [Theory]
    [InlineData($"{Six} {OtherSix} {Four} {OtherFour}", $"{Six} {Four} {OtherSix} {OtherFour}")]
    [InlineData($"{Four} {OtherFour} {Six}", $"{Four} {Six} {OtherFour}")]
    [InlineData($"{Six} {Four} {OtherFour}", $"{Six} {Four} {OtherFour}")]
    [InlineData(Four, Four)]
    public void Families_take_turns_beginning_with_the_one_the_system_prefers(string given, string tried) =>
        Assert.Equal(tried, string.Join(" ", RacingConnector.TakingTurns([.. given.Split(' ').Select(IPAddress.Parse)])));

    [Fact]
    public async Task An_address_that_says_nothing_costs_its_head_start_only()
    {
        Task<Socket> connected = Connect(Six, Four);
        await _clock.Waiting(RacingConnector.HeadStart).Soon();
        Assert.Equal([Six], _opened);

        _clock.Advance(RacingConnector.HeadStart);
        await Attempt(Four);
        _attempts[Four].SetResult(_socket);

        Assert.Same(_socket, await connected.Soon());
        Assert.True(_attempts[Six].Task.IsCanceled);
    }

    [Fact]
    public async Task An_address_that_refuses_costs_nothing()
    {
        Task<Socket> connected = Connect(Six, Four);
        _attempts[Six].SetException(new SocketException((int)SocketError.NetworkUnreachable));
        await Attempt(Four);
        _attempts[Four].SetResult(_socket);
        Assert.Same(_socket, await connected.Soon());
    }

    [Fact]
    public async Task The_first_may_still_win_after_its_head_start()
    {
        Task<Socket> connected = Connect(Six, Four);
        await _clock.Waiting(RacingConnector.HeadStart).Soon();
        _clock.Advance(RacingConnector.HeadStart);
        await Attempt(Four);
        _attempts[Six].SetResult(_socket);
        Assert.Same(_socket, await connected.Soon());
        Assert.True(_attempts[Four].Task.IsCanceled);
    }

    [Fact]
    public async Task A_connection_that_comes_second_is_closed()
    {
        Socket second = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Task<Socket> connected = Connect(Six, Four);
        await _clock.Waiting(RacingConnector.HeadStart).Soon();
        _clock.Advance(RacingConnector.HeadStart);
        await Attempt(Four);

        // It ends well before it hears that it is over.
        _stubborn = true;
        _attempts[Six].SetResult(_socket);
        await connected.Soon();
        _attempts[Four].SetResult(second);
        Assert.True(second.SafeHandle.IsClosed);
    }

    [Fact]
    public async Task When_all_refuse_the_last_reason_is_told()
    {
        Task<Socket> connected = Connect(Six, Four);
        _attempts[Six].SetException(new SocketException((int)SocketError.NetworkUnreachable));
        await Attempt(Four);
        _attempts[Four].SetException(new SocketException((int)SocketError.ConnectionRefused));
        Assert.Equal(
            SocketError.ConnectionRefused,
            (await Assert.ThrowsAsync<SocketException>(() => connected.Soon())).SocketErrorCode
        );
    }

    [Fact]
    public async Task A_name_without_addresses_is_not_found() =>
        Assert.Equal(SocketError.HostNotFound, (await Assert.ThrowsAsync<SocketException>(() => Connect())).SocketErrorCode);

    [Fact]
    public async Task A_stop_ends_all_attempts()
    {
        Task<Socket> connected = Connect(Six, Four);
        await _clock.Waiting(RacingConnector.HeadStart).Soon();
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connected.Soon());
        Assert.True(_attempts[Six].Task.IsCanceled);
        Assert.Equal(0, _clock.Open);
    }

    private Task<Socket> Connect(params string[] addresses) =>
        new RacingConnector((_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()), Open, _clock).ConnectAsync(
            "cborg.test",
            443,
            _stop.Token
        );

    private Task<Socket> Open(IPEndPoint address, CancellationToken cancellationToken)
    {
        TaskCompletionSource<Socket> attempt = new();
        lock (_attempts)
        {
            _opened.Add(address.Address.ToString());
            _attempts[address.Address.ToString()] = attempt;
            Monitor.PulseAll(_attempts);
        }

        cancellationToken.Register(() => _ = _stubborn || attempt.TrySetCanceled(cancellationToken));
        return attempt.Task;
    }

    /// <summary>Completes when that address is tried.</summary>
    private Task Attempt(string address) =>
        Task.Run(() =>
            {
                lock (_attempts)
                {
                    while (!_attempts.ContainsKey(address))
                    {
                        Monitor.Wait(_attempts);
                    }
                }
            })
            .Soon();
}
