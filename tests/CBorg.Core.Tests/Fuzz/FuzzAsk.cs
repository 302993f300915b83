using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>Asks the client, whole as it is, for what a route gives.</summary>
internal static class FuzzAsk
{
    public const string Model = "gpt-paid";

    /// <summary>Not to be seen in any failure.</summary>
    public const string Key = "sk-MARKED0123456789abcdWXYZ";

    /// <returns>What a user would hold. Throws what a user would get.</returns>
    public static async Task<object> AskAsync(HttpEnvironment environment, FuzzSource source)
    {
        ConnectionOptions options = new()
        {
            BaseUri = new Uri("https://fuzz.invalid/"),
            ApiKey = () => Key,
            MaximumRetryCount = 1,
        };
        ICBorgClient client = CBorgClientFactory.Create(options, new FuzzClock(), new RetryPolicy(() => 0.5), environment);
        CancellationToken none = CancellationToken.None;
        switch (source.Route)
        {
            case "/chat/completions" or "/v1/chat/completions":
                return await client.ChatAsync(Question(source), _ => Task.CompletedTask, null, none).ConfigureAwait(false);
            case "/embeddings" or "/v1/embeddings":
                return await EmbedAsync(client, source.Texts).ConfigureAwait(false);
            case "/model/info":
                return await client.GetModelsAsync(true, null, none).ConfigureAwait(false);
            case "/key/info":
                return await client.GetKeyAsync(null, none).ConfigureAwait(false);
            case "/user/info":
                return await client.GetSpendAsync(null, none).ConfigureAwait(false);
            case "/user/daily/activity":
                List<DailySpend> days = [];
                await client
                    .GetDailySpendAsync(new DateTime(2026, 11, 1), new DateTime(2026, 11, 30), day => Keep(days, day), null, none)
                    .ConfigureAwait(false);
                return days;
            case "/spend/calculate" or "/cost/calculate" or "/cost/estimate" or "/utils/token_counter":
                return await client
                    .MeasureCostAsync(
                        new CostRequest
                        {
                            Model = Model,
                            Messages = [new ChatMessage(ChatRole.User, "Why?")],
                            AskServer = true,
                        },
                        null,
                        none
                    )
                    .ConfigureAwait(false);
            default:
                return await client.SendAsync(new RestRequest { Path = source.Route }, null, none).ConfigureAwait(false);
        }
    }

    /// <summary>The route as this client asks for it.</summary>
    public static string RouteOf(FuzzSource source) =>
        source.Route switch
        {
            "/v1/chat/completions" => "/chat/completions",
            "/v1/embeddings" => "/embeddings",
            { } route => route,
        };

    private static ChatRequest Question(FuzzSource source) =>
        new()
        {
            Model = Model,
            Messages = [new ChatMessage(ChatRole.User, "What letter comes after A?")],
            Stream = source.IsEvents,
        };

    private static async Task<List<Embedding>> EmbedAsync(ICBorgClient client, int count)
    {
        List<Embedding> vectors = [];
        EmbeddingRequest request = new()
        {
            Model = Model,
            Texts = [.. Enumerable.Range(0, count).Select(number => $"text {number}")],
        };
        await client.EmbedAsync(request, vector => Keep(vectors, vector), null, CancellationToken.None).ConfigureAwait(false);
        return vectors;
    }

    private static Task Keep<T>(List<T> list, T item)
    {
        list.Add(item);
        return Task.CompletedTask;
    }
}
