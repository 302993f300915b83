using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Models;
using CBorg.Core.Resilience;

namespace CBorg.Core.Embeddings;

internal sealed class EmbeddingService(CallRunner runner, ModelCatalog catalog)
{
    public Task EmbedAsync(EmbeddingRequest request, Func<Embedding, Task> onEmbedding, Action<CallEvent>? onEvent, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{runner} {catalog}");
}
