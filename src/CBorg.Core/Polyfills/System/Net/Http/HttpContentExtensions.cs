#if !NET
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace System.Net.Http;

internal static class HttpContentExtensions
{
    public static Task<Stream> ReadAsStreamAsync(this HttpContent content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
    }
}
#endif
