using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Chat;
using CBorg.Core.Http;
using CBorg.Core.Wire;

namespace CBorg.Core.Cost;

/// <summary>
/// Asks the proxy's own calculators. Which of them exist, and for whom, differs; a cost of 0 from them proves nothing, as some
/// forget prices that they do charge.
/// </summary>
internal sealed class ServerCalculator(JsonCaller caller)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    /// <returns>Null when none has an answer.</returns>
    public async Task<CostRange?> AskAsync(
        CostRequest request,
        long promptTokens,
        long? longestAnswer,
        CostRange listed,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        foreach (string route in new[] { "/cost/calculate", "/spend/calculate" })
        {
            JsonObject question = new() { ["model"] = request.Model, ["messages"] = ChatMessages.ToNode(request.Messages) };
            if (await TryAsync(route, question, Cost, onEvent, cancellationToken).ConfigureAwait(false) is { } low)
            {
                // They price the question alone; the answer's part stays as listed.
                return new CostRange(low, low + (listed.High - listed.Low), route);
            }
        }

        const string Estimate = "/cost/estimate";
        JsonObject tokens = new()
        {
            ["model"] = request.Model,
            ["input_tokens"] = promptTokens,
            ["output_tokens"] = longestAnswer ?? 0,
        };
        return await TryAsync(Estimate, tokens, Costs, onEvent, cancellationToken).ConfigureAwait(false) is { } told
            ? new CostRange(told.Question, longestAnswer is null ? null : told.Whole, Estimate)
            : null;
    }

    private static decimal? Cost(JsonElement root) => root.Money("cost") is { } cost and > 0 ? cost : null;

    private static (decimal? Question, decimal Whole)? Costs(JsonElement root) =>
        root.Money("cost_per_request") is { } whole and > 0 ? (root.Money("input_cost_per_request"), whole) : null;

    private async Task<T?> TryAsync<T>(
        string route,
        JsonObject body,
        Func<JsonElement, T?> read,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
        where T : struct
    {
        CallRequest asked = new()
        {
            Method = "POST",
            Path = route,
            Body = PlainJson.ToUtf8(body),
            MaximumRetryCount = 0,
            Timeout = s_timeout,
        };
        try
        {
            return await caller.SendAsync(asked, read, onEvent, cancellationToken).ConfigureAwait(false);
        }
        catch (CBorgException e)
        {
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Detail, Message = $"{route} has no answer: {e.Message}" });
            return null;
        }
    }
}
