using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Chat;
using CBorg.Core.Http;
using CBorg.Core.Wire;

namespace CBorg.Core.Cost;

/// <summary>Counts the tokens of a question: the proxy does it where it answers, else an estimate does.</summary>
internal sealed class TokenCounter(JsonCaller caller)
{
    private const int CharactersPerToken = 4;
    private const int TokensPerMessage = 4;

    // An estimate is there at once, so the server is not waited for long.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    public async Task<(long Tokens, string Source)> CountAsync(
        CostRequest request,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await AskAsync(request, onEvent, cancellationToken).ConfigureAwait(false) is { } told)
            {
                return (told, "Server");
            }
        }
        catch (CBorgException e)
        {
            string what = $"The proxy does not count tokens, so they are estimated: {e.Message}";
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Detail, Message = what });
        }

        if (request.Messages.Any(message => message.Images.Count > 0))
        {
            const string What = "The estimate of tokens is of the text alone; images are not in it.";
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Warning, Message = What });
        }

        return (Estimate(request), "Local");
    }

    private Task<long?> AskAsync(CostRequest request, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["model"] = request.Model, ["messages"] = ChatMessages.ToNode(request.Messages) };
        CallRequest asked = new()
        {
            Method = "POST",
            Path = "/utils/token_counter",
            Body = PlainJson.ToUtf8(body),
            MaximumRetryCount = 0,
            Timeout = s_timeout,
        };
        return request.Messages.Count == 0
            ? Task.FromResult<long?>(null)
            : caller.SendAsync(asked, Read, onEvent, cancellationToken);
    }

    /// <returns>Null for a 0: a counter that failed says so.</returns>
    private static long? Read(JsonElement root) =>
        root.Flag("error") != true && root.Integer("total_tokens") is { } tokens and > 0 ? tokens : null;

    private static long Estimate(CostRequest request)
    {
        long characters = request.Messages.Sum(message => (long)(message.Content?.Length ?? 0));
        return ((characters + CharactersPerToken - 1) / CharactersPerToken) + ((long)TokensPerMessage * request.Messages.Count);
    }
}
