using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>Answers in the network's place: one route with the reply of the case, the others always the same. One worker's;
/// it has one case at a time.</summary>
internal sealed class FuzzHandler : HttpMessageHandler
{
    private static readonly FuzzReply s_nothing = Json(404, """{"detail":"Not Found"}""");
    private static readonly FuzzReply s_models = Json(
        200,
        $$$"""
        {"data":[{"model_name":"{{{FuzzAsk.Model}}}","litellm_params":{"model":"openai/x"},
        "model_info":{"id":"{{{FuzzSource.Deployment}}}","max_output_tokens":1000,"input_cost_per_token":1e-06,"output_cost_per_token":2e-06}}]}
        """
    );

    private static readonly FuzzReply s_key = Json(
        200,
        """{"key":"h","info":{"key_name":"sk-...abcd","user_id":"someone","spend":1.5,"max_budget":null}}"""
    );

    private string _route = "";
    private FuzzReply _reply = s_nothing;

    public void Answer(string route, FuzzReply reply) => (_route, _reply) = (route, reply);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        return Task.FromResult(
            Message(
                request,
                path == _route
                    ? _reply
                    : path switch
                    {
                        "/model/info" => s_models,
                        "/key/info" => s_key,
                        _ => s_nothing,
                    }
            )
        );
    }

    private static HttpResponseMessage Message(HttpRequestMessage request, FuzzReply reply)
    {
        HttpResponseMessage message = new((HttpStatusCode)reply.Status)
        {
            RequestMessage = request,
            Content = new Content(reply),
        };
        foreach ((string name, string value) in reply.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static FuzzReply Json(int status, string body) =>
        new(status, [("content-type", "application/json")], System.Text.Encoding.UTF8.GetBytes(body));

    private sealed class Content(FuzzReply reply) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new FuzzStream(reply));

        protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            CreateContentReadStreamAsync();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
