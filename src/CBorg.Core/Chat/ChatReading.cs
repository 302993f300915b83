using CBorg.Core.Cost;
using CBorg.Core.Http;

namespace CBorg.Core.Chat;

/// <summary>What was read of an answer, before and after its price was looked up.</summary>
internal sealed class ChatReading : ReplyReading
{
    /// <param name="reply">The reply.</param>
    /// <param name="reader">What was read of it.</param>
    /// <param name="broken">Why it broke off. Null: it did not.</param>
    public ChatReading(Reply reply, ChatReader reader, CBorgException? broken)
    {
        (Headers, IsEventStream, Reader, Broken) = (reply.Headers, reply.IsEventStream, reader, broken);
        Usage = reader.Answer.Usage;
        TokensUsed = Usage?.Taken;
        TimeToFirstToken = reader.FirstTokenAt - reply.SentAt;
        (Cost, CostSource) = CostLadder.Resolve(Headers, IsEventStream, Usage, null);
    }

    private ChatReading(ChatReading read, ModelDeployment? deployment)
    {
        (Headers, IsEventStream, Reader, Broken) = (read.Headers, read.IsEventStream, read.Reader, read.Broken);
        (Usage, TokensUsed, TimeToFirstToken) = (read.Usage, read.TokensUsed, read.TimeToFirstToken);
        (Cost, CostSource) = CostLadder.Resolve(Headers, IsEventStream, Usage, deployment);
        ResolvedModel = deployment?.UnderlyingModel ?? Headers.ModelName;
    }

    public ReplyHeaders Headers { get; }

    public bool IsEventStream { get; }

    public ChatReader Reader { get; }

    /// <summary>The same with its price.</summary>
    /// <param name="deployment">Who answered. Null: nobody knows.</param>
    public ChatReading Priced(ModelDeployment? deployment) => new(this, deployment);
}
