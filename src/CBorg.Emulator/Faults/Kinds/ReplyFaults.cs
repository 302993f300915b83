using System.IO;
using System.Text;
using System.Text.Json;

namespace CBorg.Emulator.Faults.Kinds;

internal sealed class BreakFault(LineEnd how, TimeSpan? after = null) : Fault
{
    public override async Task<bool> BeforeAsync(FaultCall call) =>
        (after is not null && !await call.WaitAsync(after)) || await call.BreakAsync(how);
}

internal sealed class StallFault(TimeSpan? time) : Fault
{
    public override async Task<bool> BeforeAsync(FaultCall call) => !await call.WaitAsync(time);
}

internal sealed class RedirectFault(int status, string? to) : Fault
{
    public override Task<bool> BeforeAsync(FaultCall call)
    {
        call.Http.Response.StatusCode = status;
        call.Http.Response.Headers.Location = to ?? $"https://elsewhere.test{call.Http.Request.Path}";
        call.Http.Response.ContentLength = 0;
        return Task.FromResult(true);
    }
}

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

/// <summary>Another content type on the same reply.</summary>
internal sealed class ContentTypeFault(string contentType) : Fault
{
    public override Task<bool> BeforeAsync(FaultCall call)
    {
        call.Http.Response.OnStarting(() =>
        {
            call.Http.Response.ContentType = contentType;
            return Task.CompletedTask;
        });
        return Task.FromResult(false);
    }
}
