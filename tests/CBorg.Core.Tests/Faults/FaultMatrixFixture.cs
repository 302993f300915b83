using System.Threading.Tasks;
using Xunit;

namespace CBorg.Core.Tests.Faults;

/// <summary>The matrix, run once for all that is asked of it.</summary>
public sealed class FaultMatrixFixture : IAsyncLifetime
{
    internal FaultMatrix Matrix { get; private set; } = null!;

    public async Task InitializeAsync() => Matrix = await FaultMatrix.RunAsync().ConfigureAwait(false);

    public Task DisposeAsync() => Task.CompletedTask;
}
