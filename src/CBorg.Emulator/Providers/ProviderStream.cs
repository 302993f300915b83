using System.Collections.Generic;

namespace CBorg.Emulator.Providers;

/// <summary>An event stream in OpenAI's form.</summary>
internal sealed record ProviderStream(IAsyncEnumerable<ProviderEvent> Events) : ProviderReply;
