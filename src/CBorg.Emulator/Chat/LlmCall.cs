using System;
using System.Globalization;
using System.Text.Json.Nodes;
using CBorg.Emulator.Limits;
using CBorg.Emulator.Providers;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Chat;

/// <summary>One call of a model on its way to a provider and back.</summary>
internal sealed class LlmCall
{
    public LlmCall(Call call, ProviderRoute route)
    {
        Call = call;
        Route = route;
        Body = call.BodyObject ?? [];
        Model = Gate.ModelOf(call);
        CallId = call.Header("x-litellm-call-id") ?? Guid.NewGuid().ToString();
        Started = call.World.Now;
    }

    public Call Call { get; }

    public Personality Personality => Call.Personality;

    public KeyRecord Key => Call.Key;

    public ProviderRoute Route { get; }

    public string Path => Route switch
    {
        ProviderRoute.Chat => "/chat/completions",
        ProviderRoute.Embeddings => "/embeddings",
        ProviderRoute.Completions => "/completions",
        _ => "/responses",
    };

    /// <summary>The client's body; an empty object when it was none.</summary>
    public JsonObject Body { get; }

    /// <summary>The name that the client asked for: the model group.</summary>
    public string? Model { get; }

    public string CallId { get; }

    public LimitLease? Lease { get; set; }

    /// <summary>Set when the router has chosen.</summary>
    public Deployment? Deployment { get; set; }

    public bool Stream => Json.IsTrue(Body["stream"]);

    public bool WantsUsage => Json.IsTrue((Body["stream_options"] as JsonObject)?["include_usage"]);

    public DateTimeOffset Started { get; }

    public TimeSpan Elapsed => Call.World.Now - Started;

    /// <summary>Seconds that the provider has for its answer.</summary>
    public double Timeout => HeaderTimeout ?? (Stream ? Deployment?.StreamTimeout : null) ?? Deployment?.Timeout ?? Call.World.Catalog.RequestTimeout;

    /// <summary>The timeout as the header shows it; configured defaults are whole numbers.</summary>
    public string ShownTimeout => HeaderTimeout is null && Deployment?.Timeout is null
        ? Call.World.Catalog.RequestTimeout.ToString(CultureInfo.InvariantCulture)
        : Json.Repr(Timeout);

    private double? HeaderTimeout =>
        double.TryParse(Call.Header("x-litellm-timeout"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
