using System;
using System.Collections.Generic;

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
