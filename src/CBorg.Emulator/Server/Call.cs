using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Server;

/// <summary>One request on its way through the proxy.</summary>
internal sealed class Call(HttpContext context, World world, Personality personality)
{
    private KeyRecord? _key;

    public HttpContext Http { get; } = context;

    public World World { get; } = world;

    public Personality Personality { get; } = personality;

    public HttpRequest Request => Http.Request;

    /// <summary>The path, quoted slashes unquoted too, as the routes of the real proxy see it.</summary>
    public string Path => Request.Path.Value?.Replace("%2F", "/", System.StringComparison.OrdinalIgnoreCase) ?? "/";

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The caller's key; only where the route asks for one.</summary>
    public KeyRecord Key
    {
        get => _key ?? throw new System.InvalidOperationException("No key on a route without authentication.");
        set
        {
            _key = value;
            KeySpend = Personality.Headers.KeySpendStands ? value.Spend.RowAt(World.Now) : value.Spend.Booked;
        }
    }

    public KeyRecord? KeyOrNone => _key;

    /// <summary>What the proxy believed the key to have spent when the call came, in USD.</summary>
    public double KeySpend { get; private set; }

    /// <summary>The body as JSON; null when there is none.</summary>
    public JsonNode? Body { get; set; }

    public JsonObject? BodyObject => Body as JsonObject;

    /// <summary>What the route's template names: {model_id}.</summary>
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    public string? Query(string name) => Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public string? Header(string name) => Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public void SetHeader(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Http.Response.Headers[name] = value;
        }
    }

    public Task ReplyAsync(JsonNode? body, int status = 200) => ReplyTextAsync(Json.Write(body), "application/json", status);

    public async Task ReplyTextAsync(string text, string contentType, int status = 200)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Http.Response.StatusCode = status;
        Http.Response.ContentType = contentType;
        Http.Response.ContentLength = bytes.Length;
        await Http.Response.Body.WriteAsync(bytes, Aborted);
    }
}
