using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Emulator.Providers;

/// <summary>What stands behind the proxy.</summary>
internal interface IProvider
{
    Task<ProviderReply> AskAsync(ProviderRequest request, CancellationToken cancellation);
}
