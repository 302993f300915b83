using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Faults;

/// <summary>Something that a cmdlet asks of the server: which route the fault is laid on, the call, and what its answer
/// says.</summary>
/// <param name="Name">As a column of the matrix.</param>
/// <param name="Path">The end of the route's path.</param>
/// <param name="HasBody">Whether the request has one. The framework itself sends a request without a body again when a line
/// breaks before any answer.</param>
/// <param name="CallAsync">The call; its result is what came, with everything left out that differs from time to time.</param>
internal sealed record Operation(string Name, string Path, bool HasBody, Func<ICBorgClient, Action<string>, Task<Got>> CallAsync)
{
    public const string Prompt = "Echo: Grüße aus 日本 😀 und noch ein paar Wörter mehr";

    public bool IsStreamed => this == Streamed;

    public bool IsChat => this == Streamed || this == Plain;

    /// <summary>Whether its answers cost money.</summary>
    public bool Charges => IsChat || this == Embeddings;

    public static Operation Streamed { get; } =
        new("chat, streamed", "chat/completions", true, (client, seen) => ChatAsync(client, stream: true, seen));

    public static Operation Plain { get; } =
        new("chat, plain", "chat/completions", true, (client, seen) => ChatAsync(client, stream: false, seen));

    public static Operation Embeddings { get; } = new("embeddings", "/embeddings", true, EmbedAsync);

    public static Operation Models { get; } =
        new(
            "models",
            "/model/info",
            false,
            async (client, _) =>
                new((await client.GetModelsAsync(refresh: true, null, CancellationToken.None)).Count.ToString(Numbers))
        );

    public static Operation Key { get; } =
        new(
            "key",
            "/key/info",
            false,
            async (client, _) => new((await client.GetKeyAsync(null, CancellationToken.None)).UserId ?? "")
        );

    public static Operation Spend { get; } =
        new(
            "spend",
            "/key/info",
            false,
            async (client, _) =>
                new((await client.GetSpendAsync(null, CancellationToken.None)).MaxBudget?.ToString(Numbers) ?? "")
        );

    public static Operation Daily { get; } = new("daily spend", "/user/daily/activity", false, DailyAsync);

    public static Operation Cost { get; } =
        new(
            "cost",
            "/utils/token_counter",
            true,
            async (client, _) =>
                new(
                    (
                        await client.MeasureCostAsync(
                            new CostRequest { Model = Model, Messages = [new ChatMessage(ChatRole.User, Prompt)] },
                            null,
                            CancellationToken.None
                        )
                    ).LowCost > 0
                        ? "a cost"
                        : "none"
                )
        );

    public static Operation Rest { get; } =
        new(
            "rest",
            "/models",
            false,
            async (client, _) =>
                new(
                    (
                        await client.SendAsync(new RestRequest { Path = "/models" }, null, CancellationToken.None)
                    ).StatusCode.ToString(Numbers)
                )
        );

    public static IReadOnlyList<Operation> All { get; } = [Streamed, Plain, Embeddings, Models, Key, Spend, Daily, Cost, Rest];

    private const string Model = "claude-haiku";

    private static IFormatProvider Numbers => System.Globalization.CultureInfo.InvariantCulture;

    private static async Task<Got> ChatAsync(ICBorgClient client, bool stream, Action<string> seen)
    {
        ChatRequest request = new()
        {
            Model = Model,
            Messages = [new ChatMessage(ChatRole.User, Prompt)],
            Stream = stream,
        };
        Func<ChatDelta, Task> watch = delta =>
        {
            seen(delta.Text ?? "");
            return Task.CompletedTask;
        };
        ChatResult result = await client.ChatAsync(request, watch, null, CancellationToken.None).ConfigureAwait(false);
        return new Got(result.Text)
        {
            Tokens = (result.PromptTokens, result.CompletionTokens),
            Cost = result.Cost,
            CallId = result.CallId,
        };
    }

    private static async Task<Got> EmbedAsync(ICBorgClient client, Action<string> seen)
    {
        List<Embedding> embeddings = [];
        Func<Embedding, Task> take = embedding =>
        {
            embeddings.Add(embedding);
            return Task.CompletedTask;
        };
        await client
            .EmbedAsync(
                new EmbeddingRequest { Model = "text-embedding-3-small", Texts = ["Apfel"] },
                take,
                null,
                CancellationToken.None
            )
            .ConfigureAwait(false);
        return new Got($"{embeddings.Count} of {embeddings[0].Dimension}");
    }

    private static async Task<Got> DailyAsync(ICBorgClient client, Action<string> seen)
    {
        DateTime today = DateTime.UtcNow.Date;
        await client
            .GetDailySpendAsync(today.AddDays(-1), today, _ => Task.CompletedTask, null, CancellationToken.None)
            .ConfigureAwait(false);
        return new Got("days");
    }
}
