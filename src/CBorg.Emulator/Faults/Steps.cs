using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Faults;

/// <summary>One step of a reply on its way to the client.</summary>
internal abstract record ReplyStep;

/// <summary>One event of a stream, without the blank line that ends it; or the whole of a plain body.</summary>
internal sealed record EventStep(string Text, bool IsPlainBody = false, string LineEnd = "\n") : ReplyStep
{
    private const string DataPrefix = "data: ";

    public bool IsData => IsPlainBody || Text.StartsWith("data:", StringComparison.Ordinal);

    public bool IsDone => !IsPlainBody && Text.TrimEnd() == "data: [DONE]";

    /// <summary>The JSON of the event; null when it has none.</summary>
    public JsonObject? Json
    {
        get
        {
            try
            {
                return IsData && !IsDone ? JsonNode.Parse(IsPlainBody ? Text : Text["data:".Length..]) as JsonObject : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    public EventStep With(JsonNode json) => this with { Text = (IsPlainBody ? "" : DataPrefix) + Server.Json.Write(json) };

    public static EventStep Data(JsonNode json) => new(DataPrefix + Server.Json.Write(json));
}

/// <summary>Silence, for ever when no time is given.</summary>
internal sealed record PauseStep(TimeSpan? Time) : ReplyStep;

/// <summary>The connection ends here.</summary>
internal sealed record BreakStep(LineEnd How) : ReplyStep;

/// <summary>How a connection ends.</summary>
internal enum LineEnd
{
    /// <summary>With a TCP reset.</summary>
    Reset,

    /// <summary>Closed in the middle of the reply (FIN).</summary>
    Close,

    /// <summary>The reply is ended as if it were complete.</summary>
    Finish,
}

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

/// <summary>A fault that parts the bytes of a reply: where, and how long it rests there.</summary>
internal interface IByteFault
{
    IEnumerable<int> Cuts(byte[] text);

    TimeSpan PauseAfterCut { get; }
}

/// <summary>One thing that goes wrong: before a request is handled, or with the reply that the emulator would have
/// given.</summary>
internal abstract class Fault
{
    /// <summary>Acts before the request is handled; true when nothing is left to handle.</summary>
    public virtual Task<bool> BeforeAsync(FaultCall call) => Task.FromResult(false);

    /// <summary>Passes one step of the reply on, changed, multiplied, or not at all.</summary>
    public virtual IEnumerable<ReplyStep> Pass(ReplyStep step) => [step];

    /// <summary>Adds what comes after the reply's end.</summary>
    public virtual IEnumerable<ReplyStep> AtEnd() => [];
}
