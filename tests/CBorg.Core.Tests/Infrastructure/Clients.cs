using System;
using System.Net;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>Makes clients for tests: a marked key, a clock of theirs, and no luck in the waits.</summary>
internal static class Clients
{
    /// <summary>Not to be seen in anything that a client gives out.</summary>
    public const string Key = "sk-MARKED0123456789abcdWXYZ";

    /// <summary>Not the one for silence, so that a test can tell which of them is waited for.</summary>
    public static readonly TimeSpan FirstByteTimeout = TimeSpan.FromSeconds(240);

    public static ICBorgClient For(
        RawServer server,
        IClock? clock = null,
        int retries = 4,
        TimeSpan? timeout = null,
        string? key = Key,
        TimeSpan? waitForService = null,
        TimeSpan? maximumRetryDelay = null,
        int? throttle = null
    ) => For(server.BaseUri, clock, retries, timeout, key, waitForService, maximumRetryDelay, throttle);

    public static ICBorgClient For(
        Uri address,
        IClock? clock = null,
        int retries = 4,
        TimeSpan? timeout = null,
        string? key = Key,
        TimeSpan? waitForService = null,
        TimeSpan? maximumRetryDelay = null,
        int? throttle = null
    )
    {
        ConnectionOptions options = new()
        {
            BaseUri = address,
            ApiKey = () => key,
            KeySource = "test",
            MaximumRetryCount = retries,
            Timeout = timeout ?? TimeSpan.FromSeconds(600),
            FirstByteTimeout = FirstByteTimeout,
            WaitForService = waitForService,
            ThrottleLimit = throttle,
            MaximumRetryDelay = maximumRetryDelay ?? TimeSpan.FromSeconds(120),
        };

        // With 0.5 for every random number each back-off is three quarters of its step.
        return CBorgClientFactory.Create(options, clock ?? FakeClock.Skipping(), new RetryPolicy(() => 0.5));
    }

    /// <summary>A client in environment of the test's making.</summary>
    public static ICBorgClient In(
        HttpEnvironment environment,
        Uri? address = null,
        ServiceEndpoint? endpoint = null,
        IClock? clock = null,
        int retries = 4,
        Uri? proxy = null,
        NetworkCredential? proxyCredential = null
    )
    {
        ConnectionOptions options = new()
        {
            BaseUri = address ?? new Uri(ConnectionOptions.DefaultBaseUri),
            Endpoint = endpoint,
            EndpointSource = "test",
            ApiKey = () => Key,
            MaximumRetryCount = retries,
            Proxy = proxy,
            ProxyCredential = proxyCredential,
        };
        return CBorgClientFactory.Create(options, clock ?? FakeClock.Skipping(), new RetryPolicy(() => 0.5), environment);
    }

    public static ChatRequest Question(string model = "gpt-paid", bool stream = true, TimeSpan? timeout = null) =>
        new()
        {
            Model = model,
            Messages = [new ChatMessage(ChatRole.User, "What letter comes after A?")],
            Stream = stream,
            Timeout = timeout,
        };
}
