using System;

namespace CBorg.Core.Http;

/// <summary>An address to talk to.</summary>
/// <param name="Address">It, normalized.</param>
/// <param name="Reason">Why this one, for people to read.</param>
internal sealed record EndpointChoice(Uri Address, string Reason);
