using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>A call that costs, under way, without a catalogue beside it.</summary>
internal sealed class Embedded
{
    private readonly SemaphoreSlim _waits = new(0);

    public Embedded(ICBorgClient client)
    {
        Reply = Task.Run(() => AskAsync(client));
    }

    public Task<Embedding> Reply { get; }

    /// <summary>Completes when the call has said so often more that it waits.</summary>
    public Task WaitsAsync() => _waits.WaitAsync().Soon();

    private async Task<Embedding> AskAsync(ICBorgClient client)
    {
        Embedding? embedding = null;
        EmbeddingRequest request = new() { Model = "embed", Texts = ["text"] };
        await client.EmbedAsync(
            request,
            one =>
            {
                embedding = one;
                return Task.CompletedTask;
            },
            told => _ = told.Kind == CallEventKind.Waiting && _waits.Release() >= 0,
            default
        );
        return embedding!;
    }
}
