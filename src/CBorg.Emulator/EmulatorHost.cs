using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CBorg.Emulator;

/// <summary>A running emulator; dispose it to stop it.</summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmulatorHost(WebApplication app, World world)
    {
        _app = app;
        World = world;
        Url = new Uri(app.Urls.First());
        ControlUrl = new Uri(Url, "/__control");
        Keys = world.Catalog.Keys.GroupBy(k => k.Role).ToDictionary(g => g.Key, g => g.First().Key.TrimEnd('*'));
    }

    /// <summary>The base address, without /v1.</summary>
    public Uri Url { get; }

    /// <summary>The address of ledger, faults and clock.</summary>
    public Uri ControlUrl { get; }

    /// <summary>The keys by what they are for: personal, project, expired, rpm ...</summary>
    public IReadOnlyDictionary<string, string> Keys { get; }

    internal World World { get; }

    /// <summary>Starts an emulator in this process, on loopback.</summary>
    public static async Task<EmulatorHost> StartAsync(EmulatorOptions? options = null)
    {
        options ??= new EmulatorOptions();
        var personality = Personality.For(options.LiteLLM);
        var world = new World(new CatalogReader(personality.Version.Recorded, options.Clock).Read(options.Catalog), options);
        var answers = new PromptCache(world.Clock);
        var proxy = new Proxy(
            world,
            personality,
            world.Catalog.Scripted ? new ScriptedProvider() : new AnsweringProvider(options, answers)
        );
        var app = Build(options);
        InstrumentsOf(proxy, answers).Use(app);
        app.Run(new Pipeline(world, personality, Routes(proxy)).HandleAsync);
        await app.StartAsync();
        return new EmulatorHost(app, world);
    }

    /// <summary>Stops listening and drops what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new System.Threading.CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static Instruments InstrumentsOf(Proxy proxy, PromptCache answers)
    {
        var instruments = new Instruments(proxy.World, proxy.Personality.Limits.ThrottlingType ? "throttling_error" : "None");
        instruments.OnReset(proxy.World.Reset);
        instruments.OnReset(proxy.Limiter.Reset);
        instruments.OnReset(proxy.Router.Reset);
        instruments.OnReset(answers.Clear);
        return instruments;
    }

    private static RouteTable Routes(Proxy proxy)
    {
        var routes = new RouteTable();
        LlmRoutes.Map(routes, proxy);
        InfoRoutes.Map(routes, proxy.Personality);
        return routes;
    }

    private static WebApplication Build(EmulatorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }
}
