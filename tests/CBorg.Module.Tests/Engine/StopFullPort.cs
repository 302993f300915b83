using System;
using System.Net;
using System.Net.Sockets;

namespace CBorg.Module.Tests.Engine;

/// <summary>A port that answers no connection any more: its queue is full and nobody accepts. On systems that answer
/// nevertheless the line is silent, which is the same to a call that waits.</summary>
internal sealed class StopFullPort : IDisposable
{
    /// <summary>Another address of this machine than the one that stubs listen at.</summary>
    public static readonly IPAddress Address = OperatingSystem.IsMacOS() ? IPAddress.IPv6Loopback : IPAddress.Parse("127.0.0.2");

    private readonly Socket _listener = new(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _filler = new(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

    public StopFullPort(int port)
    {
        _listener.Bind(new IPEndPoint(Address, port));
        _listener.Listen(0);
        _filler.Connect(Address, port);
    }

    public void Dispose()
    {
        _filler.Dispose();
        _listener.Dispose();
    }
}
