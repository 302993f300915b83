using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Replay;

/// <summary>Plays recordings, one at a time: each request gets the current one, except for the catalogue, which is that
/// version's own.</summary>
public sealed class RecordedServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Recording> _catalogs = new();

    internal RawServer Wire { get; } = new() { Account = null };

    internal void Put(Recording recording)
    {
        Recording catalog = _catalogs.GetOrAdd(recording.Version, version => Recording.Load(version, "models-info"));
        Wire.Catalog = recording.Path == "/model/info" ? recording.PlayAsync : catalog.PlayAsync;
        Wire.Otherwise = recording.PlayAsync;
    }

    public ValueTask DisposeAsync() => Wire.DisposeAsync();
}
