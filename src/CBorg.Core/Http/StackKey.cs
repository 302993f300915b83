using System;

namespace CBorg.Core.Http;

/// <summary>All that shapes an HTTP stack. Requests that agree in it share connections.</summary>
internal sealed record StackKey(Uri Address, string? Proxy, TimeSpan ConnectTimeout, Surroundings Surroundings);
