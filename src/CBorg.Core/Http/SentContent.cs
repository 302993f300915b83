using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using CBorg.Core.Async;

namespace CBorg.Core.Http;

/// <summary>A JSON body that tells when all of it has been handed to the line: only from then on can a server be late.</summary>
internal sealed class SentContent : ByteArrayContent
{
    private readonly byte[] _body;
    private readonly Action _sent;

    public SentContent(byte[] body, Action sent)
        : base(body)
    {
        _body = body;
        _sent = sent;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_body, 0, _body.Length).ConfigureAwait(false);
        _sent();
    }
}
