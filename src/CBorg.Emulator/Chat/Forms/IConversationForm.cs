namespace CBorg.Emulator.Chat.Forms;

/// <summary>How a client gets a completion: as one body, or as the text of events. One per call, as streams have a
/// state.</summary>
internal interface IConversationForm
{
    /// <summary>A completion in chat form (chat.completion) as this form's body.</summary>
    JsonObject Whole(JsonObject completion);

    /// <summary>The events that a chunk in chat form becomes, with the blank line after each.</summary>
    IEnumerable<string> Chunk(JsonObject chunk);

    /// <summary>The events after the last chunk.</summary>
    IEnumerable<string> End();

    /// <summary>The event that ends a stream with an error.</summary>
    string Error(ProxyError error);
}

/// <summary>OpenAI's chat: everything as it is.</summary>
internal sealed class ChatForm : IConversationForm
{
    public JsonObject Whole(JsonObject completion) => completion;

    public IEnumerable<string> Chunk(JsonObject chunk) => [Data(Json.Write(chunk))];

    public IEnumerable<string> End() => [Data("[DONE]")];

    public string Error(ProxyError error) => Data(Json.Dumps(ErrorReply.Envelope(error)));

    public static string Data(string text) => $"data: {text}\n\n";
}
