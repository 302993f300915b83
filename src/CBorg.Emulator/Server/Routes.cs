namespace CBorg.Emulator.Server;

/// <summary>A method, a path with {names}, who may come and what answers.</summary>
internal sealed record Route(string Method, string Path, RouteAccess Access, Handler Handler)
{
    private readonly string[] _segments = Path.Split('/');

    /// <summary>The values of the names in the path, or null when it does not fit.</summary>
    public Dictionary<string, string>? Match(string path)
    {
        var parts = path.Split('/');
        if (parts.Length != _segments.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>();
        for (var i = 0; i < parts.Length; i++)
        {
            var segment = _segments[i];
            if (segment.StartsWith('{') && parts[i].Length > 0)
            {
                values[segment.Trim('{', '}')] = parts[i];
            }
            else if (!segment.Equals(parts[i], StringComparison.Ordinal))
            {
                return null;
            }
        }

        return values;
    }
}

internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    public RouteTable Get(string path, RouteAccess access, Handler handler) => Map("GET", path, access, handler);

    public RouteTable Post(string path, RouteAccess access, Handler handler) => Map("POST", path, access, handler);

    /// <summary>The same handler with and without /v1 before the path.</summary>
    public RouteTable GetWithV1(string path, RouteAccess access, Handler handler) =>
        Get(path, access, handler).Get("/v1" + path, access, handler);

    public RouteTable PostWithV1(string path, RouteAccess access, Handler handler) =>
        Post(path, access, handler).Post("/v1" + path, access, handler);

    public RouteTable Map(string method, string path, RouteAccess access, Handler handler)
    {
        _routes.Add(new Route(method, path, access, handler));
        return this;
    }

    public (Route Route, Dictionary<string, string> Values)? Find(string method, string path)
    {
        foreach (var route in _routes.Where(r => r.Method == method))
        {
            if (route.Match(path) is { } values)
            {
                return (route, values);
            }
        }

        return null;
    }

    public bool Knows(string path) => _routes.Exists(r => r.Match(path) is not null);

    public IEnumerable<string> MethodsOf(string path) =>
        _routes.Where(r => r.Match(path) is not null).Select(r => r.Method).Distinct();
}

/// <summary>Who may call a route, in LiteLLM's groups (LiteLLMRoutes).</summary>
internal enum RouteAccess
{
    /// <summary>No key needed.</summary>
    Public,

    /// <summary>llm_api_routes: chat, embeddings, models ...; every key, charged to budgets.</summary>
    Llm,

    /// <summary>info_routes and self_managed_routes: every key about itself.</summary>
    Info,

    /// <summary>Spend tracking and key management of internal users: a user with a role.</summary>
    InternalUser,

    /// <summary>Administrators only.</summary>
    Admin,
}

/// <summary>Answers one call of a route; throws <see cref="ProxyError"/> or <see cref="FastApiError"/> for anything but
/// success.</summary>
internal delegate Task Handler(Call call);
