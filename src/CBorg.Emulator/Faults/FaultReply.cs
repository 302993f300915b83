using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Faults;

/// <summary>A body that a fault answers with.</summary>
internal sealed record FaultReply(string Text, string ContentType)
{
    public async Task WriteAsync(HttpResponse response, int status)
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        response.StatusCode = status;
        response.ContentType = bytes.Length == 0 ? null : ContentType;
        response.ContentLength = status is StatusCodes.Status204NoContent ? null : bytes.Length;
        if (status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            await response.Body.WriteAsync(bytes);
        }
    }
}
