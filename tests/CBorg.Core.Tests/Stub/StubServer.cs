using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Stub;

/// <summary>A server on a real loopback socket whose answers a test writes down.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<StubRequest, Task<StubReply>> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly string _key = $"sk-{Guid.NewGuid():N}";

    public StubServer(Func<StubRequest, Task<StubReply>> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        _certificate = certificate;
        _listener.Start();
        _ = AcceptAsync();
    }

    public StubServer(Func<StubRequest, StubReply> answer)
        : this(request => Task.FromResult(answer(request))) { }

    /// <summary>Answers each route always the same; others are not found.</summary>
    public StubServer(params (string Path, StubReply Reply)[] routes)
        : this(request => routes.FirstOrDefault(route => route.Path == request.Path).Reply ?? StubReply.NotFound) { }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new(_certificate is null ? $"http://127.0.0.1:{Port}" : $"https://localhost:{Port}");

    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    public string Key => _key;

    public IEnumerable<string> Paths => Requests.Select(request => request.Path);

    public ICBorgClient Client(Uri? proxy = null, int retries = 0) =>
        CBorgClientFactory.Create(
            new ConnectionOptions
            {
                BaseUri = Address,
                ApiKey = () => _key,
                MaximumRetryCount = retries,
                Proxy = proxy,
            }
        );

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken token)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using Stream stream = await OpenAsync(client, token);
                while (await ReadAsync(stream, token) is { } request)
                {
                    Requests.Enqueue(request);
                    await WriteAsync(stream, await _answer(request), token);
                }
            }
            catch (Exception e)
                when (e
                        is IOException
                            or OperationCanceledException
                            or SocketException
                            or System.Security.Authentication.AuthenticationException
                )
            {
                // The client has gone.
            }
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client, CancellationToken token)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        SslStream tls = new(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, token);
        return tls;
    }

    private static async Task<StubRequest?> ReadAsync(Stream stream, CancellationToken token)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!(head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            // Who begins with no letter does not speak HTTP and is hung up on.
            if (await stream.ReadAsync(one, token) == 0 || (head.Count == 0 && !char.IsAsciiLetter((char)one[0])))
            {
                return null;
            }

            head.Add(one[0]);
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] first = lines[0].Split(' ');
        Dictionary<string, string> headers = lines
            .Skip(1)
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        byte[] body = new byte[
            headers.TryGetValue("Content-Length", out string? length)
                ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)
                : 0
        ];
        await stream.ReadExactlyAsync(body, token);
        string target =
            Uri.TryCreate(first[1], UriKind.Absolute, out Uri? absolute) && absolute.Scheme == Uri.UriSchemeHttp
                ? absolute.PathAndQuery
                : first[1];
        string[] parts = target.Split('?', 2);
        return new StubRequest(first[0], parts[0], parts.Length > 1 ? parts[1] : "", headers, Encoding.UTF8.GetString(body));
    }

    private static async Task WriteAsync(Stream stream, StubReply reply, CancellationToken token)
    {
        byte[] body = Encoding.UTF8.GetBytes(reply.Body);
        string head =
            $"HTTP/1.1 {reply.Status} Stub\r\nContent-Type: {reply.ContentType}\r\nContent-Length: {body.Length}\r\n{reply.Headers}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), token);
        await stream.WriteAsync(body, token);
        await stream.FlushAsync(token);
    }
}
