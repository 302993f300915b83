using System.Collections.Generic;
using System.Linq;

namespace CBorg.Emulator.Server;

internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    public RouteTable Get(string path, RouteAccess access, Handler handler) => Map("GET", path, access, handler);

    public RouteTable Post(string path, RouteAccess access, Handler handler) => Map("POST", path, access, handler);

    /// <summary>The same handler with and without /v1 before the path.</summary>
    public RouteTable GetWithV1(string path, RouteAccess access, Handler handler) => Get(path, access, handler).Get("/v1" + path, access, handler);

    public RouteTable PostWithV1(string path, RouteAccess access, Handler handler) => Post(path, access, handler).Post("/v1" + path, access, handler);

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

    public IEnumerable<string> MethodsOf(string path) => _routes.Where(r => r.Match(path) is not null).Select(r => r.Method).Distinct();
}
