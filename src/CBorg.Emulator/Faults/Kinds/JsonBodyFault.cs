using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Server;

namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Takes the wish for a stream out of the request before it is handled.</summary>
internal sealed class JsonBodyFault : Fault
{
    public override async Task<bool> BeforeAsync(FaultCall call)
    {
        using var reader = new StreamReader(call.Http.Request.Body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        call.Http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(Plain(text)));
        call.Http.Request.ContentLength = call.Http.Request.Body.Length;
        return false;
    }

    private static string Plain(string text)
    {
        try
        {
            var body = JsonNode.Parse(text)?.AsObject() ?? [];
            body.Remove("stream");
            body.Remove("stream_options");
            return Json.Write(body);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
